import type { Place } from '../../../src/launch/stories/schema.ts';

/** The people of Weftwork who work on its launches, next to whoever opened the example and owns it. Nobody of them exists. */
export const team = [
  { who: 'amelie', name: 'Amelie Fournier', role: 'pmm' },
  { who: 'tom', name: 'Tom Adeyemi', role: 'contributor' },
  { who: 'jonas', name: 'Jonas Weber', role: 'contributor' },
  { who: 'sofia', name: 'Sofia Klein', role: 'contributor' },
  { who: 'nadia', name: 'Nadia Osei', role: 'contributor' },
  { who: 'nico', name: 'Nico Petit', role: 'contributor' },
  { who: 'priya', name: 'Priya Raman', role: 'contributor' },
] as const;

export const places: Place[] = [
  { who: 'amelie', function: 'product_marketing', approves: true },
  { who: 'nico', function: 'marketing', approves: true },
  { who: 'tom', function: 'product', approves: true },
  { who: 'jonas', function: 'sales_enablement', approves: true },
  { who: 'priya', function: 'success', approves: true },
  { who: 'sofia', function: 'support', approves: true },
  { who: 'nadia', function: 'legal', approves: true },
];
