/** Pictures of many frames and known spacing; what de-identification removed, and whether a project asks for it. */
export const pictures: readonly string[] = [
  `ALTER TABLE images
    ADD COLUMN IF NOT EXISTS frames integer NOT NULL DEFAULT 1,
    ADD COLUMN IF NOT EXISTS spacing jsonb,
    ADD COLUMN IF NOT EXISTS deidentification jsonb`,
  `ALTER TABLE projects ADD COLUMN IF NOT EXISTS deidentifies boolean NOT NULL DEFAULT true`,
]
