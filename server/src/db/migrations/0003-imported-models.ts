/** Model files that people bring along: no run made them. */
export const importedModels: readonly string[] = [
  `ALTER TABLE model_versions
    ADD COLUMN IF NOT EXISTS imported jsonb,
    ALTER COLUMN run_id DROP NOT NULL,
    ALTER COLUMN lineage DROP NOT NULL`,
]
