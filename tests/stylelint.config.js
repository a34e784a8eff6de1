/** Sizes of text, paddings, margins and gaps come from the scale in src/app/tokens.css, and media queries from one list. */
const lengths = ['px', 'rem', 'em', 'ch', 'vw', 'vh'];

export default {
  customSyntax: 'postcss-html',
  overrides: [{ files: ['**/*.css'], customSyntax: 'postcss' }],
  ignoreFiles: ['../src/app/tokens.css'],
  rules: {
    'declaration-property-unit-disallowed-list': {
      font: lengths,
      'font-size': lengths,
      '/^padding/': lengths,
      '/^margin/': lengths,
      '/gap$/': lengths,
    },
    'media-feature-name-value-allowed-list': {
      'max-width': ['719px', '1023px', '1279px', '1439px'],
      'min-width': ['720px', '1024px', '1680px'],
      'max-height': ['560px'],
    },
    'block-no-empty': true,
    'color-no-hex': true,
    'custom-property-no-missing-var-function': true,
    'declaration-block-no-duplicate-properties': true,
    'declaration-block-no-shorthand-property-overrides': true,
  },
};
