import { mountScratch, skipWithoutMounts } from '../support/scratch-mount.ts'
import { createStorePlace } from './store-place.ts'
import { describeStoreDriver, type StorePlace } from './store-suite.ts'

const MIB = 1024 ** 2

const skip = skipWithoutMounts('mkfs.xfs')
const mountXfs = async (): Promise<StorePlace> =>
  createStorePlace(await mountScratch({ type: 'xfs', sizeBytes: 320 * MIB }), 'reflink')

describeStoreDriver({
  name: 'reflink',
  skip,
  createPlace: mountXfs,
  createSmallPlace: mountXfs,
  skipSmall: skip,
})
