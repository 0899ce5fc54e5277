import { defineConfig } from 'vitest/config';

// onnxruntime aborts the process when its binding is loaded twice in one isolate, so every test file gets a process.
export default defineConfig({
  test: {
    pool: 'forks',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What one test computes, no other may find; and nobody's own store is touched.
    env: { DPO_DIFF_STORE: 'none' },
  },
});
