export { measureClassification } from './metrics/classification.ts'
export * from './runner/index.ts'
