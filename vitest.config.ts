import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test,examples}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
    env: { TZ: process.env.TZ ?? 'Pacific/Apia', LANDFALL_LOG_LEVEL: 'silent' },
  },
});
