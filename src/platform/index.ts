/**
 * Operating-system bindings, typed and without policy. Importing this room is cheap: native code is
 * loaded by the first call that needs it.
 *
 * @module
 */
export { type FileLock, tryLockFile } from './file-lock.ts'
export { readExclusiveBytes } from './linux/fiemap.ts'
export {
  detachLoopDevice,
  findLoopDevices,
  findMount,
  isImageDeleted,
  mountImage,
  refreshLoopSize,
  unmount,
} from './linux/loop-device.ts'
export { findFileSystem, type Mount, readMounts } from './linux/mounts.ts'
export {
  listProcessIds,
  type ProcessStat,
  readBootId,
  readCommandLine,
  readProcess,
  readProcessEnvironment,
  readResidentBytes,
} from './linux/process-table.ts'
export { findTool, runTool } from './linux/run-tool.ts'
export { dataSegments, type FileSegment } from './linux/sparse-file.ts'
