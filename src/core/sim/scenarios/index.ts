/** All scenarios. Each says what comes of it, and a test plays each on many seeds. */
import { defineRegistry } from '../../base/registry.ts';
import type { Scenario } from '../scenario.ts';
import { natScenarios } from './nats.ts';
import { networkScenarios } from './networks.ts';
import { serverScenarios } from './servers.ts';
import { talkingScenarios } from './talking.ts';

export const scenarios = defineRegistry<Scenario>([
  ...natScenarios,
  ...networkScenarios,
  ...serverScenarios,
  ...talkingScenarios,
]);
