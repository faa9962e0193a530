/** What those who run the installation ask of everybody, quotas of people, and what an organisation asks of its members. */
export const rules: readonly string[] = [
  `CREATE TABLE installation_rules (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    second_factor_days integer,
    second_factor_since timestamptz,
    person_storage_bytes bigint,
    person_active_runs integer,
    organisation_storage_bytes bigint,
    organisation_active_runs integer
  )`,
  `INSERT INTO installation_rules DEFAULT VALUES`,
  `ALTER TABLE organisations ADD COLUMN second_factor_days integer`,
  `ALTER TABLE organisations ADD COLUMN second_factor_since timestamptz`,
  `ALTER TABLE users ADD COLUMN quota_storage_bytes bigint`,
  `ALTER TABLE users ADD COLUMN quota_active_runs integer`,
]
