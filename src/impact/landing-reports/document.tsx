import type { LandingReport } from './schema.ts';
export const renderDocument = async (_report: LandingReport, _options: { locale: 'en' | 'zh'; currency: string }): Promise<string> => '';
