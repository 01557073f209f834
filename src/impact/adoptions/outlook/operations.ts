import { operation } from '../../../platform/operation.ts';
import { everyone } from '../../../platform/roles.ts';
import { answerOutlook } from './answer.ts';
import { adoptionOutlook, adoptionOutlookAsked } from './schema.ts';

export const getAdoptionOutlook = operation({
  summary: 'Read how many will have adopted in the coming weeks, with a band, or why that cannot be told yet',
  method: 'POST',
  path: '/adoptions/outlook',
  who: everyone,
  reads: true,
  input: adoptionOutlookAsked,
  output: adoptionOutlook,
  run: answerOutlook,
});
