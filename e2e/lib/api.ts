import type { Image, LabelFile, ModelVersion, Project } from '@vesalius/contracts'
import type { Visitor } from './visitor.ts'

/** What the server holds, asked with the visitor's own session. */
export async function ask<Answer>({ page, server }: Visitor, path: string): Promise<Answer> {
  const response = await page.request.get(`${server.url}/api/v1${path}`)
  if (!response.ok()) throw new Error(`GET ${path} answered ${response.status()}`)
  return (await response.json()) as Answer
}

export async function findProject(visitor: Visitor, test: (project: Project) => boolean): Promise<Project> {
  const { items } = await ask<{ items: Project[] }>(visitor, '/projects')
  const project = items.find(test)
  if (!project) throw new Error('there is no such project')
  return project
}

export const listImages = async (visitor: Visitor, projectId: string, query: string): Promise<Image[]> =>
  (await ask<{ items: Image[] }>(visitor, `/projects/${projectId}/images?limit=100&${query}`)).items

export const listModels = async (visitor: Visitor, projectId: string): Promise<ModelVersion[]> =>
  (await ask<{ items: ModelVersion[] }>(visitor, `/projects/${projectId}/models`)).items

export const readLabel = (visitor: Visitor, imageId: string): Promise<LabelFile> =>
  ask<LabelFile>(visitor, `/images/${imageId}/label`)
