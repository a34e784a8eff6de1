import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { lessons } from './src/lessons-compiler/plugin.ts';
import { precompress } from './src/server/precompress.ts';
import { rooms } from './src/server/rooms/vite-plugin.ts';
import { tap } from './src/tap/vite-plugin.ts';
import { worker } from './src/worker/vite-plugin.ts';

export default defineConfig({
  root: 'src',
  base: './',
  plugins: [svelte(), lessons(import.meta.dirname), rooms(), worker(), precompress(), tap()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page with a stage draws with: a dozen crumbs, one each, would be a dozen requests and 2 kB more.
          groups: [
            {
              name: 'svelte',
              test: /node_modules\/(?:svelte|esm-env|clsx)\/|vite\/preload-helper|app\/components\/(?:Icon\.svelte|icons\.ts)/,
              priority: 2,
            },
            {
              name: 'stage',
              test: /src\/(?:core\/(?:base(?!\/(?:rfc-sections|crc32|push-to|token-bucket|cite|base64|bytes))|projections(?!\/(?:call-rows|nats|loader)))\/|core\/sdp\/(?:priority|candidate)\.|core\/stun\/(?:header|bytes)\.|core\/session\/(?:event|moments|log|playback)\.|app\/stage\/(?:player|session|stage)|app\/diagrams\/(?:index|parts\/(?:labels|Labels|Token|Envelope|Mark))\.|app\/diagrams\/timeline\/units)/,
              minShareCount: 2,
            },
            {
              name: 'player',
              test: /node_modules\/d3-array\/|src\/app\/(?:stage\/(?:Stage|TimeBar|Player|SpeedSelect|DiagramFigure|Legend)|diagrams\/timeline\/(?!index|dock|[Dd]igest))/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
});
