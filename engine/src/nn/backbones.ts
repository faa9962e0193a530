import type { Backbone } from '@vesalius/contracts'
import type { Network } from './layers.ts'
import { compact, resnet18 } from './residual.ts'
import { vgg11 } from './vgg.ts'

export const NETWORKS: Record<Backbone, Network> = { compact, resnet18, vgg11 }
