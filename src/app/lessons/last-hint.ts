/** After the last hint that is written comes what to press, in words: so no step is left without the whole way. */
import { type Dial, placeWords } from '../../core/lessons/board.ts';
import type { Action } from '../../core/lessons/lesson.ts';
import type { Facts } from '../../core/projections/index.ts';

/** `Press Connect. Then press Check.` What is to be typed is told where the session knows it already. */
export function lastHint(
  actions: readonly Action[],
  facts: Facts,
  labelOf: (field: string) => string,
  dials: readonly Dial[] = [],
): string {
  const told = actions.map((action) =>
    'turn' in action ? turnWords(action.turn, action.to, dials) : actionWords(action, facts, labelOf),
  );
  return [...told, 'Then press Check.'].join(' ');
}

function turnWords(id: string, place: string, dials: readonly Dial[]): string {
  const dial = dials.find((one) => one.id === id);
  return dial ? `Set “${dial.label}” to “${placeWords(dial, place)}”.` : '';
}

function actionWords(
  action: Exclude<Action, { readonly turn: string }>,
  facts: Facts,
  labelOf: (field: string) => string,
): string {
  if ('press' in action) return `Press “${action.press}”.`;
  if ('call' in action) return `Press “${action.call}” in the column of ${action.on}.`;
  if ('say' in action) return `Write “${action.say}”, and press “Send to B”.`;
  if ('carry' in action)
    return `Carry the letter of ${action.carry} into the box of ${action.carry === 'A' ? 'B' : 'A'}.`;
  if ('open' in action) return `Open the tab “${action.open.replace(/^./, (one) => one.toUpperCase())}”.`;
  if ('stepUntil' in action)
    return 'Press “Step forward”, and Check after each press, until Check is content. Too far: “Step back”.';
  if ('select' in action) return 'Click the one that the task names: “Show me” marks it.';
  const value = typeof action.type === 'string' ? action.type : known(action.type, facts);
  const field = `the field “${labelOf(action.into)}”`;
  return value === null || value.includes('\n') ? `Fill ${field}.` : `Type ${value} into ${field}.`;
}

function known(read: (facts: Facts) => string, facts: Facts): string | null {
  try {
    return read(facts) || null;
  } catch {
    // The session has not come so far.
    return null;
  }
}
