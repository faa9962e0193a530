/** Names of the cached answers, most general first, so that a prefix invalidates all below it. */
export const keys = {
  setup: ['setup'] as const,
  me: ['me'] as const,
  tokens: ['tokens'] as const,
  projects: ['projects'] as const,
  project: (projectId: string) => ['project', projectId] as const,
  algorithm: (projectId: string) => ['algorithm', projectId] as const,
  imagesOf: (projectId: string) => ['images', projectId] as const,
  images: (projectId: string, filter: object) => ['images', projectId, filter] as const,
  queue: (projectId: string, filter: object) => ['queue', projectId, filter] as const,
  queuesOf: (projectId: string) => ['queue', projectId] as const,
  classPresence: (projectId: string) => ['class-presence', projectId] as const,
  label: (imageId: string) => ['label', imageId] as const,
  predictions: (imageId: string) => ['predictions', imageId] as const,
  runs: (projectId: string) => ['runs', projectId] as const,
  run: (runId: string) => ['run', runId] as const,
  models: (projectId: string) => ['models', projectId] as const,
}
