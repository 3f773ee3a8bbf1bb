/**
 * Images: databases published once, from their files, kept as immutable bases in the store.
 *
 * @module
 */
export { describeImage, describeImageDetail } from './describe-image.ts'
export { checkName } from './image-name.ts'
export { imageStates, publishImageEvent, setImageStatus } from './image-states.ts'
export { copyFiles, type ImageParts, recordTables, sizeOf } from './import-files.ts'
export { inspectBackup, inspectDatabase } from './inspect-database.ts'
export { restoreFiles } from './restore-files.ts'
