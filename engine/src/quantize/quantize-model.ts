import { encodeModel } from '../graph/encode-model.ts'
import { decodeModel } from '../graph/read-graph.ts'
import { withCardAlone } from '../model-file/network-file.ts'
import { findRanges } from './find-ranges.ts'
import { quantizeGraph } from './quantize-graph.ts'
import { bytesOf } from './quantized-values.ts'

/**
 * One of our model files on whole numbers of 8 bits: a quarter of the size and quicker on a CPU. `pictures` are
 * files as the model will see them; some dozen are enough to learn between which numbers its values lie. It answers as
 * before; it cannot be trained on from. Throws PredictionError, WireFormatError.
 */
export async function quantizeModel(bytes: Uint8Array, pictures: readonly string[]): Promise<Uint8Array> {
  const model = decodeModel(bytes)
  const ranges = await findRanges(model, bytesOf(model), pictures)
  const quantized = quantizeGraph(model, ranges)
  return encodeModel({ ...quantized, metadata: withCardAlone(model.metadata) })
}
