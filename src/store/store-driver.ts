/** What a driver can and cannot promise; frozen, shown to the user. */
export interface StoreCapabilities {
  readonly name: 'reflink' | 'copy'
  /** A clone shares its base's blocks until it changes them. */
  readonly copyOnWrite: boolean
  /** Clone time does not depend on the size of the files. */
  readonly constantTime: boolean
  /** `usage().exclusiveBytes` counts shared blocks out. */
  readonly exactUsage: boolean
}

/** For work whose time depends on the size of the files. */
export interface TransferOptions {
  /** Its reason is thrown when it is aborted. */
  readonly signal?: AbortSignal | undefined
  /** Bytes done, holes included: it ends at the sum of the files' sizes. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined
}

/** One file of a base or clone. `name` is unique within the set and is a plain file name. */
export interface StoreFile {
  readonly name: string
  readonly path: string
}

export interface StoreUsage {
  /** Bytes that removing it would give back. */
  readonly exclusiveBytes: number
  /** Sum of the files' sizes. */
  readonly apparentBytes: number
}

export interface StoreEntry {
  readonly kind: 'base' | 'clone'
  readonly key: string
  /** The base a clone descends from. */
  readonly base?: string
}

/**
 * A place on disk that holds bases and clones.
 *
 * A **base** is an immutable set of files, made once by `commit` from files outside the store; only a
 * base can be a parent. A **clone** is a writable descendant made by `prepare`. Keys are ids chosen by
 * the caller ([a-z0-9-], at most 64). Every method leaves the store as it was when it throws, and what
 * a crash leaves half done is never listed and is cleared by the next `open`.
 */
export interface StoreDriver {
  readonly capabilities: StoreCapabilities
  /** Directory everything of the store is under. */
  readonly root: string
  /**
   * Takes files into the store as the base `key`; sources are only read. Durable when it resolves.
   * @throws PlatformError STORE_KEY_EXISTS, STORE_FULL, FILE_NOT_FOUND, FILE_CHANGED
   */
  commit(
    key: string,
    sources: readonly { readonly name: string; readonly path: string }[],
    options?: TransferOptions,
  ): Promise<readonly StoreFile[]>
  /**
   * Makes the base `key` of files that `write` puts into a folder of the store: a restored backup is
   * written once, not written and copied. `write` leaves exactly the files `names`, of their final sizes;
   * what it throws is thrown, and nothing of it stays. Durable when it resolves.
   * @throws PlatformError STORE_KEY_EXISTS, STORE_FULL
   */
  commitWritten(
    key: string,
    names: readonly string[],
    write: (folder: string) => Promise<void>,
  ): Promise<readonly StoreFile[]>
  /**
   * Makes the writable clone `key` of `base`.
   * @throws PlatformError STORE_KEY_EXISTS, STORE_KEY_NOT_FOUND, STORE_FULL
   */
  prepare(key: string, base: string, options?: TransferOptions): Promise<readonly StoreFile[]>
  /** @throws PlatformError STORE_KEY_NOT_FOUND */
  files(key: string): Promise<readonly StoreFile[]>
  /** @throws PlatformError STORE_KEY_NOT_FOUND */
  usage(key: string): Promise<StoreUsage>
  list(): Promise<readonly StoreEntry[]>
  /**
   * Removes a base or clone and its files; removing what is not there is no error.
   * @throws PlatformError STORE_BASE_IN_USE when clones descend from it
   */
  remove(key: string): Promise<void>
  /** Free and total bytes for new data. */
  space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
  /** Releases what `open` took (unmounts). Idempotent. */
  close(): Promise<void>
}
