export { type ClientOptions, VesaliusClient } from './client.ts'
export type * from './generated/types.ts'
export { type Content, type Tagged, type Upload, VesaliusError } from './http.ts'
export { eachPage, waitForExport, waitForImages, waitForRun } from './waiting.ts'
