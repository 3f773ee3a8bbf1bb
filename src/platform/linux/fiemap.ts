import type { FileHandle } from 'node:fs/promises'
import { PlatformError } from '../../base/index.ts'
import { loadLibc } from './libc.ts'

// struct fiemap and struct fiemap_extent of linux/fiemap.h (Documentation/filesystems/fiemap.rst)
//
//   fiemap        0 u64 fm_start           8 u64 fm_length      16 u32 fm_flags
//                20 u32 fm_mapped_extents 24 u32 fm_extent_count 28 u32 fm_reserved
//   fiemap_extent 0 u64 fe_logical         8 u64 fe_physical    16 u64 fe_length
//                24 u64[2] reserved       40 u32 fe_flags       44 u32[3] reserved
const HEADER_BYTES = 32
const EXTENT_BYTES = 56
const FS_IOC_FIEMAP = 0xc020_660b
const EXTENT_LAST = 0x0001
const EXTENT_SHARED = 0x2000
const EXTENTS_PER_CALL = 512

/**
 * Bytes of the file's extents that no other file shares. Flushes the file first: until a changed
 * block is written back, the file system still reports the shared one it will replace.
 *
 * @throws PlatformError STORE_UNSUPPORTED when the file system has no extent map
 */
export async function readExclusiveBytes(handle: FileHandle): Promise<number> {
  await handle.sync()
  const { ioctl, errno } = await loadLibc()
  let exclusive = 0
  for (let start = 0; ; ) {
    const request = createRequest(start)
    if (ioctl(handle.fd, FS_IOC_FIEMAP, request) === -1) {
      throw new PlatformError('STORE_UNSUPPORTED', `read the extent map: errno ${errno()}`)
    }
    const extents = parseExtents(request)
    for (const extent of extents) {
      if ((extent.flags & EXTENT_SHARED) === 0) exclusive += extent.length
    }
    const last = extents.at(-1)
    if (last === undefined || (last.flags & EXTENT_LAST) !== 0) return exclusive
    start = last.logical + last.length
  }
}

interface Extent {
  readonly logical: number
  readonly length: number
  readonly flags: number
}

function createRequest(start: number): Buffer {
  const request = Buffer.alloc(HEADER_BYTES + EXTENTS_PER_CALL * EXTENT_BYTES)
  request.writeBigUInt64LE(BigInt(start), 0)
  request.writeBigUInt64LE(BigInt(Number.MAX_SAFE_INTEGER), 8)
  request.writeUInt32LE(EXTENTS_PER_CALL, 24)
  return request
}

function parseExtents(answer: Buffer): readonly Extent[] {
  return Array.from({ length: answer.readUInt32LE(20) }, (_, index) => {
    const at = HEADER_BYTES + index * EXTENT_BYTES
    return {
      logical: Number(answer.readBigUInt64LE(at)),
      length: Number(answer.readBigUInt64LE(at + 16)),
      flags: answer.readUInt32LE(at + 40),
    }
  })
}
