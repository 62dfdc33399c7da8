import fc from 'fast-check';

/** Generated values are the same in every run, so that CI cannot fail by chance. `FC_SEED=… npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
