import type { ProjectRow } from '../../db/tables.ts'
import { fetchModel, isModelAddress } from '../training/fetch-model.ts'

/** The `uri` that the settings keep: of the model version that a file at an address elsewhere becomes; else as it is. */
export async function importStart(
  parts: Parameters<typeof fetchModel>[0],
  project: ProjectRow,
  modelUri: string | null,
): Promise<string | null> {
  if (modelUri === null || !isModelAddress(modelUri)) return modelUri
  const { uri } = await fetchModel(parts, project, modelUri)
  return uri
}
