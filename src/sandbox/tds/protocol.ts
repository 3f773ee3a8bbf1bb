/** What this server speaks: TDS 7.1 (SQL Server 2000) to 7.4 (2012 and later). */
export const TDS_VERSIONS = {
  '7.1': 0x71000001,
  '7.2': 0x72090002,
  '7.3': 0x730b0003,
  '7.4': 0x74000004,
  /** Strict encryption; the tokens are 7.4's. */
  '8.0': 0x08000000,
} as const

/** What the two ends of a connection agreed on at login; tokens and types depend on it. */
export interface Protocol {
  /** As LOGINACK tells it, [MS-TDS] 2.2.7.14. */
  readonly tdsVersion: number
  /** 0x71, 0x72, 0x73 or 0x74. */
  readonly level: number
  /** The client takes UTF-8 in char and varchar. */
  readonly utf8: boolean
}

/** The newest version that both know, or undefined for a client older than 7.1. */
export function negotiateProtocol(requested: number, utf8: boolean): Protocol | undefined {
  if (requested === TDS_VERSIONS['8.0']) {
    return { tdsVersion: TDS_VERSIONS['8.0'], level: 0x74, utf8 }
  }
  const level = requested >>> 24
  if (level >= 0x74) return { tdsVersion: TDS_VERSIONS['7.4'], level: 0x74, utf8 }
  if (level === 0x73) return { tdsVersion: TDS_VERSIONS['7.3'], level, utf8 }
  if (level === 0x72) return { tdsVersion: TDS_VERSIONS['7.2'], level, utf8 }
  if (level === 0x71) return { tdsVersion: TDS_VERSIONS['7.1'], level, utf8 }
  return undefined
}
