import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderedReceiver } from '../../../src/live/signalling/ordered-receiver.ts';

type Step = 'post' | 'deliver' | 'acknowledge' | 'lose what is on its way and meet again';
const STEPS: readonly Step[] = ['post', 'deliver', 'acknowledge', 'lose what is on its way and meet again'];

it('brings each letter once and in order, however often the two lose sight of each other', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 200 }), (steps) => {
      let onTheWay: { number: number; text: string }[] = [];
      let acknowledgements: number[] = [];
      const sender = orderedReceiver((letter) => onTheWay.push(letter));
      const receiver = orderedReceiver(() => {});
      const heard: string[] = [];
      receiver.listen((text) => heard.push(text));
      let posted = 0;
      const deliver = (): void => {
        const letter = onTheWay.shift();
        if (letter && receiver.arrive(letter.number, letter.text)) acknowledgements.push(letter.number);
      };
      const acknowledge = (): void =>
        acknowledgements.splice(0).forEach((number) => sender.acknowledged(number));
      for (const step of steps) {
        if (step === 'post') sender.post(String(++posted));
        if (step === 'deliver') deliver();
        if (step === 'acknowledge') acknowledge();
        if (step === STEPS[3]) {
          onTheWay = [];
          acknowledgements = [];
          sender.meet(false);
        }
      }
      onTheWay = [];
      sender.meet(false);
      while (onTheWay.length > 0) deliver();
      expect(heard).toEqual(Array.from({ length: posted }, (_, index) => String(index + 1)));
    }),
    { seed: 4, numRuns: 500 },
  );
});

it('keeps what comes before anybody listens', () => {
  const box = orderedReceiver(() => {});
  box.arrive(1, 'first');
  box.arrive(2, 'second');
  const heard: string[] = [];
  box.listen((text) => heard.push(text));
  expect(heard).toEqual(['first', 'second']);
});
