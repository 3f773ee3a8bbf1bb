/** First bytes of the tokens of an answer, [MS-TDS] 2.2.7. */
export const TOKEN_TYPES = {
  returnStatus: 0x79,
  columnMetadata: 0x81,
  tableName: 0xa4,
  columnInfo: 0xa5,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  featureExtAck: 0xae,
  row: 0xd1,
  nullBitmapRow: 0xd2,
  environmentChange: 0xe3,
  done: 0xfd,
  doneProc: 0xfe,
  doneInProc: 0xff,
} as const

/** TDS 7.2 widened some fields. */
export const TDS_7_2 = 0x72
