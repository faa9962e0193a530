export { writeForeignNetwork } from './tasks/classification/testing/foreign-network.ts'
