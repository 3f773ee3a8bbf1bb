import { access, mkdir, mkdtemp, open, readdir, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Logger, PlatformError, systemErrorCode } from '../base/index.ts'
import { findFileSystem } from '../platform/index.ts'
import { copyCloning } from './copy/copy-driver.ts'
import { KIND_FOLDERS, openFolderStore } from './folder-store.ts'
import { reflinkCloning } from './reflink/reflink-driver.ts'
import { openXfsImage, xfsImageFile } from './reflink/xfs-image.ts'
import { tryReflinkFile } from './reflink-file.ts'
import type { StoreDriver } from './store-driver.ts'
import { toStoreError } from './store-error.ts'

export const STORE_DRIVER_CHOICES = ['auto', 'reflink', 'copy'] as const
export type StoreDriverChoice = (typeof STORE_DRIVER_CHOICES)[number]

export interface OpenStoreOptions {
  /** Folder for everything of the store, under the state root; one process at a time. */
  readonly root: string
  readonly driver: StoreDriverChoice
  /** Most bytes the store's own XFS image file may grow to. */
  readonly limitBytes: number
  readonly logger: Logger
}

export interface OpenedStore {
  readonly driver: StoreDriver
  /** What the user got, and why not something better; one line. */
  readonly reason: string
}

/** A way to keep a store. `open` raises STORE_UNSUPPORTED with the reason when it does not apply. */
interface Candidate {
  readonly title: string
  readonly driver: StoreDriver['capabilities']['name']
  /** Where its data lies; a store stays where it began. */
  readonly place: 'folder' | 'image'
  open(options: OpenStoreOptions): Promise<OpenedStore>
}

const CANDIDATES: readonly Candidate[] = [
  { title: 'reflink', driver: 'reflink', place: 'folder', open: openReflinkFolder },
  { title: 'an XFS image file', driver: 'reflink', place: 'image', open: openReflinkImage },
  { title: 'copy', driver: 'copy', place: 'folder', open: openCopyFolder },
]

/**
 * Opens the store in `root` with the best driver that works there: reflink in the folder itself,
 * reflink in an XFS image file of our own, plain copy. What a crash left half done is cleared.
 *
 * @throws PlatformError STORE_UNSUPPORTED when `driver`, or the place that already holds this store's
 *   data, cannot be used here
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  await mkdir(options.root, { recursive: true, mode: 0o700 })
  const root = await realpath(options.root)
  const place = await findOccupiedPlace(root)
  const reasons: string[] = []
  for (const candidate of CANDIDATES) {
    if (options.driver !== 'auto' && options.driver !== candidate.driver) continue
    if (place !== undefined && place !== candidate.place) continue
    try {
      const opened = await candidate.open({ ...options, root })
      return { driver: opened.driver, reason: [opened.reason, ...reasons].join('; ') }
    } catch (error) {
      if (!(error instanceof PlatformError) || error.code !== 'STORE_UNSUPPORTED') throw error
      reasons.push(`not ${candidate.title}: ${error.message}`)
    }
  }
  throw new PlatformError(
    'STORE_UNSUPPORTED',
    describeFailure({ ...options, root }, place, reasons),
  )
}

/** Where an earlier start put this store's data: opening another place would seem to lose it all. */
async function findOccupiedPlace(root: string): Promise<Candidate['place'] | undefined> {
  if (await exists(xfsImageFile(root))) return 'image'
  for (const folder of Object.values(KIND_FOLDERS)) {
    const entries = await readdir(path.join(root, folder)).catch(() => [])
    if (entries.length > 0) return 'folder'
  }
  return undefined
}

async function openReflinkFolder(options: OpenStoreOptions): Promise<OpenedStore> {
  const fileSystem = await findFileSystem(options.root)
  if (!(await canReflink(options.root))) {
    throw new PlatformError(
      'STORE_UNSUPPORTED',
      `the ${fileSystem} file system of ${options.root} cannot share blocks between files`,
    )
  }
  const driver = await openFolderStore({ root: options.root, cloning: reflinkCloning })
  const reason = `reflink: clones share blocks with their base on the ${fileSystem} file system of ${options.root}`
  return { driver, reason }
}

async function openReflinkImage(options: OpenStoreOptions): Promise<OpenedStore> {
  const image = await openXfsImage(options)
  try {
    const driver = await openFolderStore({
      root: image.mountPoint,
      cloning: reflinkCloning,
      readHostFreeBytes: image.readHostFreeBytes,
      release: image.release,
    })
    const limit = `${(image.sizeBytes / 1024 ** 3).toFixed(1)} GiB`
    const reason = `reflink: clones share blocks with their base in ${xfsImageFile(options.root)}, which takes up disk as it fills, up to ${limit}`
    return { driver, reason }
  } catch (error) {
    await image.release()
    throw error
  }
}

async function openCopyFolder(options: OpenStoreOptions): Promise<OpenedStore> {
  const driver = await openFolderStore({ root: options.root, cloning: copyCloning })
  const cost = 'every clone takes as long as copying its database, and as much disk'
  return { driver, reason: `copy: ${cost}` }
}

/** Tries it for real: what a file system can do depends on how it was made, not on its name. */
async function canReflink(root: string): Promise<boolean> {
  const folder = await mkdtemp(path.join(root, 'probe-'))
  try {
    const source = path.join(folder, 'source')
    await using handle = await open(source, 'wx')
    await handle.writeFile(Buffer.alloc(64 * 1024, 1))
    return await tryReflinkFile(source, path.join(folder, 'target'))
  } catch (error) {
    throw toStoreError(error, `try the store in ${root}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function describeFailure(
  options: OpenStoreOptions,
  place: Candidate['place'] | undefined,
  reasons: readonly string[],
): string {
  const where = place === 'image' ? xfsImageFile(options.root) : options.root
  const why = reasons.length > 0 ? reasons.join('; ') : `not with the driver "${options.driver}"`
  if (place === undefined) return `open the store ${options.root}: ${why}`
  return `open the store, whose data is in ${where}: ${why}`
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false
    throw error
  }
}
