import type { DataFile } from './data-file.ts'
import { ExtentBuffers } from './extent-writer.ts'

/** The files of a filegroup, which take turns with every extent. */
export class FilegroupSpace {
  readonly files: readonly DataFile[]
  readonly buffers = new ExtentBuffers()
  /** Whether a unit's first pages come from mixed extents, as before SQL Server 2016. */
  readonly usesMixedExtents: boolean
  #turn = 0

  constructor(files: readonly DataFile[], usesMixedExtents: boolean) {
    this.files = files
    this.usesMixedExtents = usesMixedExtents
  }

  /** Whose turn it is. */
  nextFile(): DataFile | undefined {
    const file = this.files[this.#turn % this.files.length]
    this.#turn = (this.#turn + 1) % this.files.length
    return file
  }

  get turn(): number {
    return this.#turn
  }

  set turn(turn: number) {
    this.#turn = turn
  }
}
