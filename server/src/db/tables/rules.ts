import type { Time } from './columns.ts'

/** One row. Null: nothing is asked, nothing is limited. */
export interface InstallationRulesTable {
  id: boolean
  /** How long people may put a second factor off. */
  second_factor_days: number | null
  second_factor_since: Time | null
  person_storage_bytes: number | null
  person_active_runs: number | null
  organisation_storage_bytes: number | null
  organisation_active_runs: number | null
}

export interface RuleTables {
  installation_rules: InstallationRulesTable
}
