export { measureClassification, mostProbable } from './metrics/classification.ts'
export * from './runner/index.ts'
