/** Whether a run changes the whole network or its last layer alone. */
export const trainingScope: readonly string[] = [`ALTER TABLE runs ADD COLUMN scope text NOT NULL DEFAULT 'whole'`]
