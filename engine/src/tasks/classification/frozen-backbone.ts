import { readFileSync } from 'node:fs'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from '../../graph/onnx-model.ts'
import { readModel } from '../../graph/read-model.ts'
import { extendModel } from '../../model-file/extend-model.ts'
import { openOnnx } from '../../onnx.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { TrainingRequest } from '../../runner/messages.ts'
import type { FeatureNetwork } from './feature-network.ts'
import { IMPORTED_KEY, type ImportedCard, readImportedCard } from './imported-card.ts'

/** Of the names of what we write behind the network. */
const PREFIX = 'vesalius.'
const HEAD = `${PREFIX}head`
const FEATURES = `${PREFIX}features`
const LOGITS = `${PREFIX}logits`
const PROBABILITIES = `${PREFIX}probabilities`

/** A network of another program to learn a last layer on. */
export interface FrozenBackbone {
  bytes: Uint8Array
  card: ImportedCard
  /** Our own last layer of an earlier training, when it answers the same classes. */
  head: NamedTensors
}

/** The network a training learns a last layer on, when the request names one of another program; null otherwise. */
export function readFrozen({ warmStartModel, classes }: TrainingRequest): FrozenBackbone | null {
  if (!warmStartModel) return null
  const bytes = readFileSync(warmStartModel)
  const card = readImportedCard(bytes)
  if (!card) return null
  const isSame = card.output === LOGITS && JSON.stringify(card.classes) === JSON.stringify(classes)
  const kept = [...readModel(bytes).tensors].filter(([name]) => name.startsWith(HEAD))
  return { bytes, card: isSame ? card : { ...card, trainedOn: '' }, head: new Map(isSame ? kept : []) }
}

/** The network up to its features. Throws TrainingError when it does not run. */
export async function openFeatures({ bytes, card }: FrozenBackbone): Promise<FeatureNetwork> {
  const { channels, imageSize, input, takesMany } = card
  const model = extendModel(bytes, PREFIX, {
    nodes: [flatten(card)],
    initializers: [],
    outputs: [output(FEATURES, 'features')],
    metadata: new Map(),
  })
  const shape = [1, channels, imageSize, imageSize]
  const picture = { data: new Float32Array(channels * imageSize * imageSize), shape }
  try {
    const session = await openOnnx(model)
    const answer = await session.run({ [input]: picture }).finally(() => session.dispose())
    const featureCount = answer[FEATURES]?.length ?? 0
    if (featureCount < 1) throw new Error('it says nothing')
    return { model, featureCount, head: HEAD, input, output: FEATURES, takesMany }
  } catch (cause) {
    throw new TrainingError('TRAINING_FAILED', 'the imported network does not answer for a picture', { cause })
  }
}

/**
 * The network with our last layer behind it: outputs `vesalius.logits` and calibrated `vesalius.probabilities`
 * [N, classes]. One file of standard operators.
 */
export function encodeFrozen({ bytes }: FrozenBackbone, head: NamedTensors, card: ImportedCard): Uint8Array {
  const temperature = `${HEAD}.temperature`
  const names = { weight: `${HEAD}.weight`, bias: `${HEAD}.bias` }
  const tensors = new Map([...head, [temperature, { shape: [], data: Float32Array.of(card.temperature) }]])
  const initializers = [names.weight, names.bias, temperature].map((name) => asInitializer(name, tensors))
  const cooled = `${HEAD}.cooled`
  return extendModel(bytes, PREFIX, {
    nodes: [
      flatten(card),
      node('Gemm', [FEATURES, names.weight, names.bias], LOGITS, { transB: 1 }),
      node('Div', [LOGITS, temperature], cooled),
      node('Softmax', [cooled], PROBABILITIES, { axis: 1 }),
    ],
    initializers,
    outputs: [output(LOGITS, card.classes.length), output(PROBABILITIES, card.classes.length)],
    metadata: new Map([[IMPORTED_KEY, JSON.stringify({ ...card, output: LOGITS, answer: 'logits' })]]),
  })
}

const flatten = ({ features }: ImportedCard): OnnxNode => node('Flatten', [features], FEATURES, { axis: 1 })

function node(operator: string, inputs: string[], made: string, attributes: OnnxNode['attributes'] = {}): OnnxNode {
  return { name: `${PREFIX}${operator}`, operator, domain: '', inputs, outputs: [made], attributes }
}

function output(name: string, width: number | string): OnnxValueInfo {
  return { name, type: 'float32', shape: ['N', width] }
}

function asInitializer(name: string, tensors: NamedTensors): OnnxTensor {
  const tensor = tensors.get(name)
  if (!tensor) throw new Error(`the last layer lacks "${name}"`)
  return { name, type: 'float32', shape: [...tensor.shape], bytes: new Uint8Array(tensor.data.slice().buffer) }
}
