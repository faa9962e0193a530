/** The format of an import of annotations is not known before its files are looked at, unless a person names it. */
export const recognisedFormats: readonly string[] = [`ALTER TABLE annotation_imports ALTER COLUMN format DROP NOT NULL`]
