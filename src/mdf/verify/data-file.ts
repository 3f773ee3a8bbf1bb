import type { PageSource } from '../page-file.ts'
import { AllocationMaps } from './allocation-maps.ts'
import { TolerantSource } from './tolerant-source.ts'

/** A data file under verification. */
export interface DataFile {
  readonly fileId: number
  readonly path: string
  /** The pages as they are. */
  readonly source: PageSource
  /** The same pages, with those that are damaged made readable. */
  readonly tolerant: PageSource
  readonly maps: AllocationMaps
  /** Pages to look at: what the file has of the size that its header claims. */
  readonly pageCount: number
}

export function openDataFile(source: PageSource, fileId: number, sizePages?: number): DataFile {
  const tolerant = new TolerantSource(source, fileId)
  return {
    fileId,
    path: source.path,
    source,
    tolerant,
    maps: new AllocationMaps(source, tolerant),
    pageCount: Math.min(source.pageCount, sizePages ?? source.pageCount),
  }
}

/** The data files of a database, by file id. */
export type DataFiles = ReadonlyMap<number, DataFile>
