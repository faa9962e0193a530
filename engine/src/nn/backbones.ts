import type { Backbone } from '@vesalius/contracts'
import type { Network } from './layers.ts'
import { compact, resnet18, resnet34, resnet50 } from './residual.ts'
import { vgg11, vgg16 } from './vgg.ts'

export const NETWORKS: Record<Backbone, Network> = { compact, resnet18, resnet34, resnet50, vgg11, vgg16 }
