import { createScratchFolder } from '../support/scratch-folder.ts'
import { mountScratch, skipWithoutMounts } from '../support/scratch-mount.ts'
import { createStorePlace } from './store-place.ts'
import { describeStoreDriver } from './store-suite.ts'

const MIB = 1024 ** 2

describeStoreDriver({
  name: 'copy',
  skip: false,
  createPlace: async () => createStorePlace(await createScratchFolder(), 'copy'),
  createSmallPlace: async () =>
    createStorePlace(await mountScratch({ type: 'ext4', sizeBytes: 24 * MIB }), 'copy'),
  skipSmall: skipWithoutMounts('mkfs.ext4'),
})
