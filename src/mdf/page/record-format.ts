// Records of data and index pages (format reference 2.1, 2.4, 2.5), as they are read and written.

/** Bits 1 to 3 of status A. */
export const RECORD_TYPES = {
  primary: 0,
  forwarded: 1,
  forwardingStub: 2,
  index: 3,
  blobFragment: 4,
  ghostIndex: 5,
  ghostData: 6,
} as const

// Other bits of status A.
export const IS_COMPRESSED = 0x01
export const HAS_NULL_BITMAP = 0x10
export const HAS_VARIABLE_SECTION = 0x20
export const HAS_VERSION_TAG = 0x40

/** In an end offset: the column holds a pointer or a vector instead of a value. */
export const COMPLEX_BIT = 0x8000
export const END_OFFSET_MASK = 0x7fff

/** Counts of columns. */
export const COUNT_SIZE = 2
export const END_OFFSET_SIZE = 2
/** What upper index records end their fixed part with. */
export const CHILD_POINTER_SIZE = 6
/** Status, then where the row is now. */
export const STUB_SIZE = 9
/** Where in the version store the row's last version is, and of which transaction. */
export const VERSION_TAG_SIZE = 14
