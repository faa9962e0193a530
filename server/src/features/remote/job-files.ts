import { join } from 'node:path'
import type { RunRow } from '../../db/tables.ts'

/** Where the model of a training arrives: in the folder of its run. */
export const modelFileOf = (directory: string): string => join(directory, 'model.onnx')
export const modelKeyOf = ({ id, project_id }: Pick<RunRow, 'id' | 'project_id'>): string =>
  `projects/${project_id}/runs/${id}/model.onnx`
