/** What a token may do. Those that were made before could do everything, and still can. */
export const tokenScopes: readonly string[] = [
  `ALTER TABLE api_tokens ADD COLUMN scopes text[] NOT NULL DEFAULT '{read,write,predict,admin}'`,
]
