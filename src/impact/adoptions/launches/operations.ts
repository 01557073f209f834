import { operation } from '../../../platform/operation.ts';
import { everyone } from '../../../platform/roles.ts';
import { answerLaunches } from './answer.ts';
import { launchesAsked, launchesCompared } from './schema.ts';

export const compareLaunches = operation({
  summary: 'Lay the adoption of launches over each other, each from its own day 1, with who has not had the time',
  method: 'POST',
  path: '/adoptions/launches',
  who: everyone,
  reads: true,
  input: launchesAsked,
  output: launchesCompared,
  run: answerLaunches,
});
