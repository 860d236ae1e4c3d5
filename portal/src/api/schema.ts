// Generated from docs/openapi.json by scripts/generate-portal-api.ts: do not edit.

/** The named schemas of the API. */
export interface Schemas {
  /** Users that share uploaded charts, styles, tokens and jobs */
  Account: {
    /** The id of the account */
    id: number
    /** The name of the account */
    name: string
    /** The chart instance that the account is bound to */
    planInstance: string | null
    /** Whatever its administrators keep with it */
    metadata: Record<string, unknown>
    /** Milliseconds since the Unix epoch */
    createdAt: number
  }
  /** The deletion has been accepted; the job says when it is done */
  AccountDeletion: {
    /** The job that removes the account */
    jobId: string
  }
  /** What an account has on this server */
  AccountUsage: {
    /** The id of the account */
    accountId: number
    /** Its users, without those being deleted */
    users: number
    /** API tokens of its users */
    tokens: number
    /** Its uploads, without those being deleted */
    uploads: number
    /** Charts of its uploads that are in use */
    charts: number
    /** Its custom styles */
    styles: number
    /** Its webhooks */
    webhooks: number
    /** Its offline packs, unfinished ones too */
    exports: number
    /** Size of its uploaded files, in bytes */
    uploadBytes: number
    /** Size of its finished offline packs, in bytes */
    exportBytes: number
  }
  /** An API token with its account */
  AdminApiToken: {
    /** The bearer string: 32 hexadecimal digits. Only administrators see those of administrators; others get an id that grants no access */
    id: string
    /** What its creator called it; several may have the same */
    name: string
    /** The id of the user it acts for */
    userId: number
    /** The name of that user */
    userEmail: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last request with it, to about a minute; null before the first */
    lastUsedAt: number | null
    /** Pages that may use it, by the header Origin; null when any may */
    restrictions: {
      /** Host names or whole origins; an empty list allows any */
      hosts: string[]
    } | null
    /** The account of its user */
    accountId: number
  }
  /** A user of any account */
  AdminUser: {
    /** The id of the user */
    id: number
    /** The user name; it need not be an address */
    email: string
    /** The account that the user belongs to */
    accountId: number
    /** Administrator of this server */
    isAdmin: boolean
    /** Milliseconds since the Unix epoch */
    createdAt: number
  }
  /** A user of any account, with its last change */
  AdminUserDetail: {
    /** The id of the user */
    id: number
    /** The user name; it need not be an address */
    email: string
    /** The account that the user belongs to */
    accountId: number
    /** Administrator of this server */
    isAdmin: boolean
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last change of its name or password */
    modifiedAt: number
  }
  /** Both are null while no one has accepted */
  Agreement: {
    /** Milliseconds since the Unix epoch: when the terms were accepted; null while no one has */
    acceptedAt: number | null
    /** User name, as it was then; null while no one has accepted */
    acceptedBy: string | null
  }
  /** A long-lived token; it is valid until it is deleted */
  ApiToken: {
    /** The bearer string: 32 hexadecimal digits. Only administrators see those of administrators; others get an id that grants no access */
    id: string
    /** What its creator called it; several may have the same */
    name: string
    /** The id of the user it acts for */
    userId: number
    /** The name of that user */
    userEmail: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last request with it, to about a minute; null before the first */
    lastUsedAt: number | null
    /** Pages that may use it, by the header Origin; null when any may */
    restrictions: {
      /** Host names or whole origins; an empty list allows any */
      hosts: string[]
    } | null
  }
  /** A source of data that maps of this server must name */
  Attribution: {
    /** Stable name of the source: noaa-enc, usace-ienc, invented (charts of a demonstration) or basemap */
    id: string
    /** For the corner of a map */
    shortDescription: string
    /** For a page about the map, in plain text */
    longDescription: string
    /** A page of the source; left out when there is none */
    sourceUrl?: string
    /** Milliseconds since the Unix epoch: the newest date of issue of its data; 0 when this server has none of it */
    dataSourcedAt: number
    /** Milliseconds since the Unix epoch: when its data was last indexed here; 0 when this server has none of it */
    dataProcessedAt: number
  }
  /** Soundings of a vessel without a long gap */
  BathymetryTrack: {
    /** UUID, version 7 */
    id: string
    /** The vessel that sounded */
    platform: {
      /** What distinguishes it from others: only soundings with one continue a track; at most 256 characters, left out when it was not given */
      uniqueId?: string
      /** Its name; at most 256 characters, left out when it was not given */
      name?: string
      /** Its kind, such as sailing vessel; at most 256 characters, left out when it was not given */
      type?: string
    } | null
    /** What its sender said about it, and what follows from its soundings */
    metadata: {
      /** Who provides the soundings, and with what */
      providerContactPoint: {
        /** The organisation; at most 256 characters, left out when it was not given */
        orgName?: string
        /** The device or program that logged; at most 256 characters, left out when it was not given */
        logger?: string
        /** Its version; at most 256 characters, left out when it was not given */
        loggerVersion?: string
      } | null
      /** Always meters */
      depthUnits: string
      /** A label of its sender; ISO 8601 without one */
      timeUnits: string
      /** A label of its sender, such as CSB 2.0; null without one */
      convention: string | null
      /** The least depth, in metres */
      min_depth: number
      /** The greatest depth, in metres */
      max_depth: number
      /** From the first sounding to the last along the track, in metres */
      length_m: number
    }
    /** As its sender gave it; null without one */
    externalUserId: string | null
    /** Always public */
    namespace: string
    /** Number of its soundings */
    pointCount: number
    /** Milliseconds since the Unix epoch: the first sounding */
    startTime: number
    /** Milliseconds since the Unix epoch: the last sounding */
    endTime: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
  }
  /** A track with its soundings */
  BathymetryTrackDetail: {
    /** UUID, version 7 */
    id: string
    /** The vessel that sounded */
    platform: {
      /** What distinguishes it from others: only soundings with one continue a track; at most 256 characters, left out when it was not given */
      uniqueId?: string
      /** Its name; at most 256 characters, left out when it was not given */
      name?: string
      /** Its kind, such as sailing vessel; at most 256 characters, left out when it was not given */
      type?: string
    } | null
    /** What its sender said about it, and what follows from its soundings */
    metadata: {
      /** Who provides the soundings, and with what */
      providerContactPoint: {
        /** The organisation; at most 256 characters, left out when it was not given */
        orgName?: string
        /** The device or program that logged; at most 256 characters, left out when it was not given */
        logger?: string
        /** Its version; at most 256 characters, left out when it was not given */
        loggerVersion?: string
      } | null
      /** Always meters */
      depthUnits: string
      /** A label of its sender; ISO 8601 without one */
      timeUnits: string
      /** A label of its sender, such as CSB 2.0; null without one */
      convention: string | null
      /** The least depth, in metres */
      min_depth: number
      /** The greatest depth, in metres */
      max_depth: number
      /** From the first sounding to the last along the track, in metres */
      length_m: number
    }
    /** As its sender gave it; null without one */
    externalUserId: string | null
    /** Always public */
    namespace: string
    /** Number of its soundings */
    pointCount: number
    /** Milliseconds since the Unix epoch: the first sounding */
    startTime: number
    /** Milliseconds since the Unix epoch: the last sounding */
    endTime: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** In the order of their times */
    soundings: Schemas['Sounding'][]
  }
  /** A chart that the caller sees */
  Cell: {
    /** The name of the cell, such as US5GA20M */
    name: string
    /** The title of the chart; null when nothing states one */
    title: string | null
    /** noaa for a public cell, usace for a public one of inland waterways, upload for one of the account */
    source: string
    /** The upload that it comes from; null for a public cell */
    uploadId: number | null
    /** The standard of its files: S-57 or S-101 */
    standard: 's57' | 's101'
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Date of issue, YYYY-MM-DD */
    issueDate: string | null
    /** Update application date, YYYY-MM-DD */
    updateDate: string | null
    /** Usage band: 1 overview to 6 berthing */
    usageBand: number
    /** Denominator of the compilation scale */
    scale: number
    /** West, south, east, north */
    bbox: number[]
    /** False when it is shown without an update that is missing or cannot be applied */
    upToDate: boolean
    /** Number of features */
    featureCount: number
    /** Texts and pictures that its features name */
    files: string[]
    /** Milliseconds since the Unix epoch */
    indexedAt: number
  }
  /** What becomes of a cell when an upload is deleted */
  CellAfterDeletion: {
    /** The name of the cell */
    name: string
    /** What the account sees of the cell then: nothing, the version of another upload, or the public one */
    after: 'removed' | 'older-upload' | 'public'
    /** The newest upload of that version; null unless another upload has it */
    uploadId: number | null
  }
  /** A cell with the ground that it charts */
  CellCoverage: {
    /** A UUID that follows from the name: the same in every edition and on every server */
    id: string
    /** The name of the cell, such as US5GA20M */
    name: string
    /** The title of the chart; null when nothing states one */
    title: string | null
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Date of issue, YYYY-MM-DD; null when the cell has none */
    issueDate: string | null
    /** Update application date, YYYY-MM-DD; null when the cell has none */
    updateDate: string | null
    /** Usage band: 1 overview to 6 berthing */
    usageBand: number
    /** Denominator of the compilation scale */
    compilationScale: number
    /** Whether every account sees it; false for an upload of the account */
    isPublic: boolean
    /** West, south, east, north in degrees; west exceeds east across the antimeridian */
    bbox: number[]
    /** The ground that it charts, as GeoJSON: M_COVR with data */
    coverage: {
      /** The type of GeoJSON */
      type: 'MultiPolygon'
      /** Polygons of rings of positions, each longitude, latitude */
      coordinates: unknown[]
    }
  }
  /** A chart that the caller sees, with everything that is known about it */
  CellDetail: {
    /** The name of the cell, such as US5GA20M */
    name: string
    /** The title of the chart; null when nothing states one */
    title: string | null
    /** noaa for a public cell, usace for a public one of inland waterways, upload for one of the account */
    source: string
    /** The upload that it comes from; null for a public cell */
    uploadId: number | null
    /** The standard of its files: S-57 or S-101 */
    standard: 's57' | 's101'
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Date of issue, YYYY-MM-DD */
    issueDate: string | null
    /** Update application date, YYYY-MM-DD */
    updateDate: string | null
    /** Usage band: 1 overview to 6 berthing */
    usageBand: number
    /** Denominator of the compilation scale */
    scale: number
    /** West, south, east, north */
    bbox: number[]
    /** False when it is shown without an update that is missing or cannot be applied */
    upToDate: boolean
    /** Number of features */
    featureCount: number
    /** Texts and pictures that its features name */
    files: string[]
    /** Milliseconds since the Unix epoch */
    indexedAt: number
    /** What was left out or doubtful, in words */
    warnings: string[]
    /** Features of each object class, by acronym */
    features: Record<string, number>
    /** The refresh that made a public cell visible; null for an uploaded cell, and when the job is deleted */
    refreshJobId: string | null
  }
  /** A try to index a cell that failed */
  CellFailure: {
    /** Edition that was tried; null when it could not be read */
    edition: number | null
    /** Update that was tried; null when it could not be read */
    update: number | null
    /** Why it failed, in words */
    reason: string
    /** Milliseconds since the Unix epoch: when it failed; null when that was not recorded */
    failedAt: number | null
    /** The upload whose cell failed; null for a public cell */
    uploadId: number | null
    /** The refresh in which a public cell failed; null for an uploaded cell, and when the job is deleted */
    refreshJobId: string | null
  }
  /** A permit to open an encrypted cell (S-63) */
  CellPermit: {
    /** The name of the cell that it opens */
    cell: string
    /** The last day, YYYY-MM-DD */
    expires: string
    /** Whether the last day is over; it still opens the charts that it was bought for */
    expired: boolean
    /** The data server that issued it */
    dataServer: string
    /** The upload that brought it */
    uploadId: number
  }
  /** What became of one cell of an upload */
  CellReport: {
    /** The name of the cell, such as US5GA20M */
    name: string
    /** The title of the chart; null when nothing states one */
    title: string | null
    /** waiting: encrypted, and no permit for it has been uploaded; cancelled: withdrawn by its producer */
    status: 'pending' | 'indexed' | 'waiting' | 'failed' | 'cancelled'
    /** The standard of its files: S-57 or S-101; null until it has been read */
    standard: 's57' | 's101' | null
    /** Edition of the cell; null until it has been read */
    edition: number | null
    /** The last update that is applied; 0 for the edition itself; null until it has been read */
    update: number | null
    /** Date of issue, YYYY-MM-DD; null until it has been read */
    issueDate: string | null
    /** Update application date, YYYY-MM-DD; null until it has been read */
    updateDate: string | null
    /** Usage band: 1 overview to 6 berthing; null until it has been read */
    usageBand: number | null
    /** Denominator of the compilation scale */
    scale: number | null
    /** West, south, east, north in degrees; west exceeds east across the antimeridian */
    bbox: number[] | null
    /** False when it is shown without an update that is missing or cannot be applied; see warnings */
    upToDate: boolean | null
    /** Number of features; null until it has been read */
    featureCount: number | null
    /** Features of each object class, by acronym */
    features: Record<string, number> | null
    /** Whether its files are encrypted (S-63); null until it has been read */
    encrypted: boolean | null
    /** Outcome of the decryption; null for a plain cell */
    decryptResult: string | null
    /** Last day of its S-63 permit, YYYY-MM-DD */
    permitExpires: string | null
    /** Whether the visible chart comes from this upload, at least in part */
    visible: boolean
    /** The cell of the other standard (S-57 or S-101) that is drawn in place of this chart; null when none is */
    displacedBy: string | null
    /** What was left out or doubtful, in words */
    warnings: string[]
    /** Why the cell is not visible, or not in this version, in words */
    errors: string[]
  }
  /** A charted object */
  ChartFeature: {
    /** UUID, the same in every edition of the cell */
    id: string
    /** UUID of the cell */
    parentId: string
    /** The name of the cell, such as US5GA20M */
    parentCellName: string
    /** S-57 object class, such as BOYLAT */
    layerId: string
    /** The object class in words, such as Buoy, lateral */
    layerName: string
    /** Latitude, longitude; null unless it is a point */
    position: number[] | null
    /** GeoJSON, longitude first: the whole object, and of soundings those within the radius with their depths */
    geometry: Record<string, unknown>
    /** Attributes under names of this API */
    attributes: {
      /** Its name (OBJNAM); left out when it has none */
      objectName?: string
    }
    /** All attributes by their S-57 acronym in lower case, with the values of the chart */
    rawAttributes: Record<string, unknown>
    /** Only in charts of S-101: the object in the terms of that standard */
    s101?: {
      /** Such as LateralBuoy */
      featureType: string
      /** Attributes by name: texts, objects for complex attributes, arrays for repeated ones */
      attributes: Record<string, unknown>
      /** The information types tied to it, such as texts and contact details */
      information?: {
        /** Such as NauticalInformation */
        featureType: string
        /** Attributes by name: texts, objects for complex attributes, arrays for repeated ones */
        attributes: Record<string, unknown>
      }[]
    }
    /** South-west and north-east corner, longitude first */
    bbox: (number[])[]
    /** Only with `describe` */
    words?: string
    source?: Schemas['FeatureSource']
  }
  /** A job in the shape of the cloud edition */
  CloudJob: {
    /** The id of the job, a UUID */
    id: string
    /** What the job does, such as refresh-public-charts */
    job_type: string
    /** processing is the running of the Portal API; failed is also a cancelled job */
    job_state: 'pending' | 'processing' | 'completed' | 'failed'
    /** What the job was started with; null when it took nothing */
    parameters: Record<string, unknown> | null
    /** 0 to 100; 100 only once it has completed */
    percent_complete: number
    /** Milliseconds since the Unix epoch */
    created_at: number
    /** Milliseconds since the Unix epoch */
    updated_at: number
  }
  /** The account, its owner, and the token of the owner */
  CreatedAccount: {
    account: Schemas['Account']
    user: Schemas['AdminUser']
    initialToken: Schemas['AdminApiToken']
  }
  /** The user and its first token */
  CreatedUser: {
    user: Schemas['AdminUser']
    initialToken: Schemas['AdminApiToken']
  }
  /** The chart that shows the danger */
  DangerSource: {
    /** The name of the cell */
    cell: string
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Denominator of the compilation scale */
    scale: number
  }
  /** A wreck, rock or obstruction within the distance */
  DepthDanger: {
    /** UUID of the feature, the same in every edition of the cell */
    id: string
    /** S-57 object class, such as WRECKS */
    layerId: string
    /** A sentence about it, for people */
    words: string
    /** Longitude, latitude of its point nearest to the line */
    position: number[]
    /** Metres along the line to the place nearest to it */
    distance: number
    /** Metres from there to the danger */
    offset: number
    /** Over the danger. Metres below the datum of the chart, negative above it; null when the chart gives none */
    depth: number | null
    source: Schemas['DangerSource']
  }
  /** A part of the line without a depth */
  DepthGap: {
    /** Metres along the line to where it begins */
    from: number
    /** Metres along the line to where it ends */
    to: number
    /** noChart: no chart covers it; structure: a pontoon, hulk or floating dock; noDepth: charted water without a depth */
    reason: 'noChart' | 'land' | 'unsurveyed' | 'structure' | 'noDepth'
  }
  /** The charted depths along a line, or at a position */
  DepthProfile: {
    /** Metres from the beginning of the line to its end; 0 for a position */
    length: number
    /** Consecutive stretches of the line; at least one */
    samples: Schemas['DepthSample'][]
    /** Along the line, at most 1,000 */
    dangers: Schemas['DepthDanger'][]
    /** Along the line; empty when all of it has a depth */
    gaps: Schemas['DepthGap'][]
    shoalest: Schemas['ShoalestDepth'] | null
    /** Only when dangers beyond the first 1,000 were left out */
    truncated?: true
  }
  /** A stretch of the line with everything within the distance of it */
  DepthSample: {
    /** Metres along the line to where the stretch begins */
    distance: number
    /** Metres along the line to where the stretch ends */
    until: number
    /** Longitude, latitude of where it begins */
    position: number[]
    /** The least depth within the distance. Metres below the datum of the chart, negative above it; null where no chart gives a depth */
    shoalest: number | null
    /** The greatest depth that areas within the distance allow. Metres below the datum of the chart, negative above it; null where one of them states none */
    deepest: number | null
    /** What lies within the distance without a known depth; `shoalest` leaves it out */
    unknowns: ('land' | 'unsurveyed' | 'structure' | 'depth' | 'danger')[]
    source: Schemas['DepthSource'] | null
  }
  /** The chart that a depth comes from */
  DepthSource: {
    /** The name of the cell */
    cell: string
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Denominator of the compilation scale */
    scale: number
    /** Of the survey, in words; the worst within the distance. Null when the chart states none */
    quality: string | null
  }
  /** What helps to find a fault. Without secrets: a secret setting is "set" */
  Diagnostics: {
    /** Milliseconds since the Unix epoch: when this was written */
    writtenAt: number
    /** The version of the server */
    version: string
    /** The machine and the process that respond */
    system: {
      /** The version of Node.js, as v24.1.0 */
      node: string
      /** The operating system, such as linux */
      platform: string
      /** The architecture of the processor, such as x64 or arm64 */
      arch: string
      /** Processor cores that the server may use */
      cores: number
      /** Memory that the server may use, in bytes; of a container, its limit */
      memoryBytes: number
      /** Seconds since this process started */
      uptimeSeconds: number
    }
    instance: Schemas['InstanceDetails']
    /** The jobs of all accounts */
    jobs: {
      /** How many jobs are in each state: pending, running, completed, failed, cancelled */
      byState: Record<string, number>
      /** The last jobs that failed, at most 20, newest first */
      lastFailed: Schemas['FailedJob'][]
    }
    /** The last lines of the log of the process that responds; null when it keeps none */
    log: (Record<string, unknown>)[] | null
  }
  /** A one-time address */
  Download: {
    /** Path of the download, on this server; it contains the ticket and needs no token */
    url: string
    /** Milliseconds since the Unix epoch: when the download must have begun */
    expiresAt: number
  }
  /** A user after a change */
  EditedUser: {
    /** The id of the user */
    id: number
    /** The user name as it is now; it need not be an address */
    email: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: this change */
    modifiedAt: number
  }
  /** An offline pack: charts of an area in one zip */
  Export: {
    /** The id of the pack */
    id: string
    /** The job that makes it */
    jobId: string
    /** State of that job; completed once the file can be downloaded */
    state: string
    /** Of that job, 0 to 100 */
    percentComplete: number
    /** West, south, east, north in degrees; west exceeds east across the antimeridian */
    bbox: number[]
    /** Lowest zoom */
    minZoom: number
    /** Highest zoom */
    maxZoom: number
    /** What the tiles are */
    kind: 'vector' | 'raster'
    /** The file that contains the tiles */
    format: 'pmtiles' | 'mbtiles'
    /** The theme of raster tiles, and the first of the viewer */
    theme: 'day' | 'dusk' | 'night'
    /** The custom style; null for that of the server */
    styleId: number | null
    /** Tiles of the box and zooms; once completed, those with content */
    tiles: number
    /** Size of the zip in bytes; null until it is completed */
    fileSize: number | null
    /** The name under which it is downloaded */
    fileName: string
    /** User name of its creator */
    creatorEmail: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: when the pack and its file are removed; null until it is completed */
    expiresAt: number | null
  }
  /** What a pack would contain and cost */
  ExportEstimate: {
    /** Tiles of the box and zooms; those without content are left out of the pack */
    tiles: number
    /** Size of the zip in bytes, from the size of some of its tiles */
    bytes: number
    /** Charts in the box */
    charts: number
    /** Seconds that it will take, from the time that some of its tiles took */
    seconds: number
    /** Whether the disk of the server has room to make it */
    fits: boolean
  }
  /** The offline packs of an account */
  ExportList: {
    /** Newest first */
    exports: Schemas['Export'][]
  }
  /** A job that failed, for a report of a fault */
  FailedJob: {
    /** The id of the job, a UUID */
    id: string
    /** What the job does, such as refresh-public-charts */
    jobType: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: when it failed */
    finishedAt: number | null
    /** The number of attempts that have started */
    attempt: number
    /** Why it failed */
    error: {
      /** The kind of failure, for programs */
      name: string
      /** The reason in words */
      message: string
    } | null
    /** Its last warnings and errors, at most 20, oldest first */
    log: {
      /** ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00 */
      timestamp: string
      /** warning or error */
      type: string
      /** One sentence for people */
      message: string
    }[]
  }
  /** Only with `describe` */
  FeatureSource: {
    /** The name of the cell */
    cell: string
    /** Edition of the cell */
    edition: number
    /** The last update that is applied; 0 for the edition itself */
    update: number
    /** Denominator of the compilation scale */
    scale: number
    /** Date of issue, YYYY-MM-DD; null when the cell has none */
    issueDate: string | null
    /** Update application date, YYYY-MM-DD; null when the cell has none */
    updateDate: string | null
  }
  /** One part of a request that is not valid */
  FieldError: {
    /** JSON pointer into the body, or name of a parameter */
    field: string
    /** What is wrong with it and what is accepted */
    message: string
  }
  /** Members after defaultPassword only for administrators */
  Instance: {
    /** Always Chartroom */
    name: string
    /** The version of the server */
    version: string
    /** Whether the administrator admin still has the password admin */
    defaultPassword: boolean
    storage?: Schemas['InstanceStorage']
    /** The database, which contains everything but files */
    database?: {
      /** Of PostgreSQL, as 18.1; null when it says none */
      version: string | null
      /** embedded: run by this server in its data directory; external: that of DATABASE_URL */
      kind: 'embedded' | 'external'
      /** Its size, in bytes; null until it has been measured */
      bytes: number | null
    }
    /** The processes that are alive, oldest first */
    processes?: Schemas['InstanceProcess'][]
    /** Worker threads of the process that responds */
    threads?: Schemas['InstanceThreads'][]
    /** Jobs that start by themselves every week; empty when none does */
    schedule?: {
      /** What the job does, such as refresh-public-charts */
      jobType: string
      /** Milliseconds since the Unix epoch: when it starts next */
      nextRunAt: number
    }[]
    /** Conditions of a healthy server; empty until they were checked first */
    checks?: Schemas['InstanceCheck'][]
    /** Settings in force; addresses are without passwords and queries */
    settings?: {
      /** The environment variable that sets it */
      name: string
      /** In force; of a secret, the word set. Null when it is not set */
      value: string | null
    }[]
  }
  /** A condition of a healthy server */
  InstanceCheck: {
    /** What was checked: database, disk, storage, clock or source */
    name: string
    /** warning: works, and needs attention soon; failed: does not work now; unknown: not checked yet */
    state: 'ok' | 'warning' | 'failed' | 'unknown'
    /** A sentence for people */
    message: string
    /** What to do; null when there is nothing to do */
    action: string | null
    /** Milliseconds since the Unix epoch: when it was checked, at most every minute; null before the first time */
    checkedAt: number | null
  }
  /** The condition of the server, for administrators */
  InstanceDetails: {
    storage: Schemas['InstanceStorage']
    /** The database, which contains everything but files */
    database: {
      /** Of PostgreSQL, as 18.1; null when it says none */
      version: string | null
      /** embedded: run by this server in its data directory; external: that of DATABASE_URL */
      kind: 'embedded' | 'external'
      /** Its size, in bytes; null until it has been measured */
      bytes: number | null
    }
    /** The processes that are alive, oldest first */
    processes: Schemas['InstanceProcess'][]
    /** Worker threads of the process that responds */
    threads: Schemas['InstanceThreads'][]
    /** Jobs that start by themselves every week; empty when none does */
    schedule: {
      /** What the job does, such as refresh-public-charts */
      jobType: string
      /** Milliseconds since the Unix epoch: when it starts next */
      nextRunAt: number
    }[]
    /** Conditions of a healthy server; empty until they were checked first */
    checks: Schemas['InstanceCheck'][]
    /** Settings in force; addresses are without passwords and queries */
    settings: {
      /** The environment variable that sets it */
      name: string
      /** In force; of a secret, the word set. Null when it is not set */
      value: string | null
    }[]
  }
  /** A process that works on the database of this server and is alive */
  InstanceProcess: {
    /** INSTANCE_NAME, or else the name of its machine with the number of the process */
    name: string
    /** The name of its machine */
    host: string
    /** all, api (answers requests) or worker (runs jobs) */
    role: string
    /** The version of the server that it runs */
    version: string
    /** Milliseconds since the Unix epoch: when it started */
    startedAt: number
    /** Milliseconds since the Unix epoch: its last sign of life, one every ten seconds */
    lastSeenAt: number
    /** Memory that it uses, in bytes (resident set) */
    memoryBytes: number
    /** Worker threads of all its pools */
    threads: number
    /** Of these, the ones at work */
    busyThreads: number
  }
  /** How much space the server’s data takes, measured at most every five minutes */
  InstanceStorage: {
    /** Milliseconds since the Unix epoch: when the figures were measured; null until the first time */
    measuredAt: number | null
    /** Public charts as downloaded, in bytes; null until it has been measured */
    charts: number | null
    /** Charts prepared for drawing, in bytes; null until it has been measured */
    compiled: number | null
    /** Tiles that are kept on the disk of the process that answers, in bytes; null until it has been measured */
    tiles: number | null
    /** Uploaded files, in bytes; null until it has been measured */
    uploads: number | null
    /** The database, in bytes; null until it has been measured */
    database: number | null
    /** Free on the disk of the data directory, in bytes; null until it has been measured */
    freeDisk: number | null
  }
  /** The current state of a pool of worker threads */
  InstanceThreads: {
    /** What the threads are for, such as tiles */
    pool: string
    /** Threads of the pool */
    threads: number
    /** Of these, the ones at work */
    busy: number
    /** Tasks that wait for a thread */
    queued: number
  }
  /** A piece of background work */
  Job: {
    /** A UUID; it stays the same when the job is retried */
    id: string
    /** The job that started this one as its child; null for a job of its own */
    parentJobId: string | null
    /** What the job does, such as refresh-public-charts */
    jobType: string
    /** pending until a worker claims it; running also while it waits for its child jobs */
    jobState: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled'
    /** Owner; null for work of the whole server */
    accountId: number | null
    /** What the job was started with */
    parameters: Record<string, unknown>
    /** Null until the job has ended */
    result: Record<string, unknown> | null
    /** The last 100 lines, oldest first */
    logs: Schemas['LogLine'][]
    /** 100 only once it has completed */
    percentComplete: number
    /** Higher runs first */
    priority: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** In the order in which they run */
    steps: Schemas['JobStep'][]
  }
  /** How many jobs there are, by state and by type */
  JobCounts: {
    byState: Schemas['JobStateCounts']
    /** Types without a job are left out */
    byType: Record<string, number>
    /** Number of all these jobs */
    total: number
  }
  /** A job with its children, its error and its times */
  JobDetail: {
    /** A UUID; it stays the same when the job is retried */
    id: string
    /** The job that started this one as its child; null for a job of its own */
    parentJobId: string | null
    /** What the job does, such as refresh-public-charts */
    jobType: string
    /** pending until a worker claims it; running also while it waits for its child jobs */
    jobState: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled'
    /** Owner; null for work of the whole server */
    accountId: number | null
    /** What the job was started with */
    parameters: Record<string, unknown>
    /** Null until the job has ended */
    result: Record<string, unknown> | null
    /** The last 100 lines, oldest first */
    logs: Schemas['LogLine'][]
    /** 100 only once it has completed */
    percentComplete: number
    /** Higher runs first */
    priority: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** In the order in which they run */
    steps: Schemas['JobStep'][]
    /** The IDs of the child jobs, oldest first */
    childJobIds: string[]
    /** Why it failed; null unless it failed */
    error: {
      /** The kind of failure, for programs */
      name: string
      /** The reason in words */
      message: string
    } | null
    /** Milliseconds since the Unix epoch: when its first attempt began; null before */
    startedAt: number | null
    /** Milliseconds since the Unix epoch: when it ended; null before */
    finishedAt: number | null
    /** Milliseconds since the Unix epoch: when it was asked to stop; null unless it was */
    cancelRequestedAt: number | null
    /** The number of attempts that have started */
    attempt: number
    /** Why an active job is not running now; null if it is running or has ended */
    waitingReason: string | null
  }
  /** What started a job */
  JobStarter: {
    /** user: a request of a user; upload: an upload of a user; schedule: the weekly refresh; server: the server itself; job: the parent job */
    kind: 'user' | 'upload' | 'schedule' | 'server' | 'job'
    /** Of a user or an upload; else null */
    userId: number | null
    /** As it was at that time; null where userId is */
    username: string | null
  }
  /** How many jobs are in each state */
  JobStateCounts: {
    /** Number of jobs */
    pending: number
    /** Number of jobs */
    running: number
    /** Number of jobs */
    completed: number
    /** Number of jobs */
    failed: number
    /** Number of jobs */
    cancelled: number
  }
  /** A part of the work of a job; a retried job does not repeat what is completed */
  JobStep: {
    /** A UUID */
    id: string
    /** The job that the step belongs to */
    jobId: string
    /** Stable name, such as step_index_noaa */
    stepName: string
    /** skipped: the job ended without it; cancelled: its job was cancelled before it ended */
    status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped' | 'cancelled'
    /** Milliseconds since the Unix epoch: when it began last; null before */
    startedAt: number | null
    /** Milliseconds since the Unix epoch: when it ended; null before */
    completedAt: number | null
    /** The result of the step, or null */
    result: unknown
    /** Why the step failed, or null */
    error: unknown
    /** How often the step has begun */
    attempt: number
  }
  /** children: its own child jobs by state. startedBy: null for jobs of older versions */
  JobSummary: {
    /** A UUID; it stays the same when the job is retried */
    id: string
    /** The job that started this one as its child; null for a job of its own */
    parentJobId: string | null
    /** What the job does, such as refresh-public-charts */
    jobType: string
    /** pending until a worker claims it; running also while it waits for its child jobs */
    jobState: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled'
    /** Owner; null for work of the whole server */
    accountId: number | null
    /** What the job was started with */
    parameters: Record<string, unknown>
    /** Null until the job has ended */
    result: Record<string, unknown> | null
    /** 100 only once it has completed */
    percentComplete: number
    /** Higher runs first */
    priority: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** In the order in which they run */
    steps: Schemas['JobStep'][]
    /** Milliseconds since the Unix epoch: when its first attempt began; null before */
    startedAt: number | null
    /** Milliseconds since the Unix epoch: when it ended; null before */
    finishedAt: number | null
    /** Milliseconds since the Unix epoch: when it was asked to stop; null unless it was */
    cancelRequestedAt: number | null
    /** The number of attempts that have started */
    attempt: number
    /** Why an active job is not running now; null if it is running or has ended */
    waitingReason: string | null
    /** Why it failed; null unless it failed */
    error: {
      /** The kind of failure, for programs */
      name: string
      /** The reason in words */
      message: string
    } | null
    children: Schemas['JobStateCounts']
    startedBy: Schemas['JobStarter'] | null
  }
  /** An API token in a list */
  ListedApiToken: {
    /** The bearer string: 32 hexadecimal digits. Only administrators see those of administrators; others get an id that grants no access */
    id: string
    /** What its creator called it; several may have the same */
    name: string
    /** The id of the user it acts for */
    userId: number
    /** The name of that user */
    userEmail: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last request with it, to about a minute; null before the first */
    lastUsedAt: number | null
    /** Pages that may use it, by the header Origin; null when any may */
    restrictions: {
      /** Host names or whole origins; an empty list allows any */
      hosts: string[]
    } | null
    /** Only with view=summary: names the token in update and delete, and opens nothing. It equals `id` where the bearer string is hidden */
    handle?: string
  }
  /** A line of the log of a job */
  LogLine: {
    /** ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00 */
    timestamp: string
    /** The level of the line */
    type: 'info' | 'warning' | 'error'
    /** One sentence for people; its words may change between versions */
    message: string
  }
  /** A line of the log of a job, with its number */
  NumberedLogLine: {
    /** Number of the line, from 1; a long log has a gap where lines were dropped */
    seq: number
    /** The attempt of the job that wrote it */
    attempt: number
    /** ISO 8601, UTC, as 2026-01-15T08:00:10.000+00:00 */
    timestamp: string
    /** The level of the line */
    type: 'info' | 'warning' | 'error'
    /** One sentence for people; its words may change between versions */
    message: string
  }
  /** A problem document (RFC 9457) */
  Problem: {
    /** Always about:blank; the code distinguishes errors */
    type: string
    /** The words of the HTTP status */
    title: string
    /** The HTTP status */
    status: number
    /** What was wrong and what is accepted, for people */
    detail: string
    /** Stable name of the error; docs/errors.md lists them */
    code: string
    /** Every part of the request that is not valid */
    errors?: Schemas['FieldError'][]
    /** With JOB_TYPE_ACTIVE: the job that is pending or running */
    jobId?: string
  }
  /** A public cell whose last download or indexing failed */
  PublicFailure: {
    /** The name of the cell */
    name: string
    /** noaa or usace */
    source: string
    /** The edition that the catalogue lists */
    edition: number
    /** The update that the catalogue lists */
    update: number
    /** A sentence for people */
    reason: string
    /** Milliseconds since the Unix epoch: the last try */
    failedAt: number
  }
  /** A login that is still valid */
  Session: {
    /** To end the session; it opens nothing */
    id: string
    /** Milliseconds since the Unix epoch: the login */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last request with it, to about a minute; null before the first */
    lastUsedAt: number | null
    /** The User-Agent of the login, at most 200 characters; null when it had none */
    userAgent: string | null
    /** Whether the request came with this session */
    current: boolean
  }
  /** The least depth of the whole line; null when no chart gives one */
  ShoalestDepth: {
    /** Metres below the datum of the chart, negative above it */
    depth: number
    /** Metres along the line to where its stretch begins */
    distance: number
    /** Longitude, latitude of where that stretch begins */
    position: number[]
    source: Schemas['DepthSource'] | null
  }
  /** A chart resource of SignalK, version 2 */
  SignalKChart: {
    /** Its key in the list, such as enc-day */
    identifier: string
    /** For people */
    name: string
    /** What it is, for people */
    description: string
    /** What is at its address: tiles, a TileJSON, a style document or WMTS capabilities */
    type: 'tilelayer' | 'tileJSON' | 'mapstyleJSON' | 'WMTS'
    /** Absolute; of a tilelayer with {z}, {x} and {y} */
    url: string
    /** Of the tiles: png for pictures, pbf for vector tiles */
    format: 'png' | 'pbf'
    /** The shallowest zoom */
    minzoom: number
    /** The deepest zoom */
    maxzoom: number
    /** West, south, east, north: around the cells that the caller sees */
    bounds: number[]
    /** Denominator of the finest compilation scale */
    scale: number
    /** For WMTS, the layer to request; otherwise empty */
    layers: string[]
  }
  /** A chart resource of SignalK, version 1 */
  SignalKChartOld: {
    /** Its key in the list, such as enc-day */
    identifier: string
    /** For people */
    name: string
    /** What it is, for people */
    description: string
    /** What is at its address: tiles, a TileJSON, a style document or WMTS capabilities */
    type: 'tilelayer' | 'tileJSON' | 'mapstyleJSON' | 'WMTS'
    /** Absolute; of a tilelayer with {z}, {x} and {y} */
    url: string
    /** Of the tiles: png for pictures, pbf for vector tiles */
    format: 'png' | 'pbf'
    /** The shallowest zoom */
    minzoom: number
    /** The deepest zoom */
    maxzoom: number
    /** West, south, east, north: around the cells that the caller sees */
    bounds: number[]
    /** Denominator of the finest compilation scale */
    scale: number
    /** For WMTS, the layer to request; otherwise empty */
    layers: string[]
    /** The same as url, under its older name */
    tilemapUrl: string
    /** The same as layers, under its older name */
    chartLayers: string[]
  }
  /** A depth at a place and a time */
  Sounding: {
    /** Degrees, WGS 84, -90 to 90 */
    latitude: number
    /** Degrees, WGS 84, -180 to 180 */
    longitude: number
    /** Metres, positive below the water, -1,000 to 12,000 */
    depth: number
    /** Milliseconds since the Unix epoch */
    time: number
  }
  /** A custom style: other colours and settings for the charts */
  Style: {
    /** For styleId of the style document */
    id: number
    /** For people and for styleName of the style document */
    name: string
    /** User name of its creator */
    userEmail: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** `colors` by slot, `settings` as the parameters of the style document, and whatever else was stored */
    parameters: Record<string, unknown>
  }
  /** A colour that a custom style may replace */
  StyleSlot: {
    /** Key in parameters.colors: an S-52 colour token */
    slot: string
    /** What it is grouped with in an editor, for people */
    group: string
    /** What it colours, for people */
    description: string
    /** Its colour in the theme day, #rrggbb */
    day: string
    /** Its colour in the theme dusk, #rrggbb */
    dusk: string
    /** Its colour in the theme night, #rrggbb */
    night: string
    /** Ids of the style layers that use the colour */
    layers: string[]
  }
  /** A file that a user sent, and what became of it */
  Upload: {
    /** The number of the upload */
    id: number
    /** As the client named the file */
    filename: string
    /** Bytes */
    fileSize: number
    /** failed: at least one of its cells is unusable; the others are visible */
    status: 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled'
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** User name of the uploader */
    uploaderEmail: string
    /** Cells in the upload */
    totalCharts: number
    /** Cells whose permit has expired */
    expiredCharts: number
    /** The last lines of its job tree, oldest first */
    logs: Schemas['LogLine'][]
  }
  /** An upload with its job and counts of cells, without log */
  UploadSummary: {
    /** The number of the upload */
    id: number
    /** As the client named the file */
    filename: string
    /** Bytes */
    fileSize: number
    /** failed: at least one of its cells is unusable; the others are visible */
    status: 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled'
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** User name of the uploader */
    uploaderEmail: string
    /** Cells in the upload */
    totalCharts: number
    /** Cells whose permit has expired */
    expiredCharts: number
    /** The job that processes it; null when retention deleted it */
    jobId: string | null
    /** Why its job failed; null unless it failed */
    error: string | null
    /** Counts by state: pending, indexed, waiting, failed, cancelled; states without cells are left out */
    cells: Record<string, number>
  }
  /** The user behind a token */
  User: {
    /** The id of the user */
    userId: number
    /** As for the login; it need not be an address */
    username: string
    /** Administrator of this server */
    isAdmin: boolean
    /** Owner of the account */
    isAccountOwner: boolean
    /** The account that the user belongs to, and whose charts and styles it sees */
    account: {
      /** The id of the account */
      id: number
      /** The name of the account */
      name: string
    }
  }
  /** The deletion has been accepted; the job says when it is done */
  UserDeletion: {
    /** The id of the user */
    deletedUserId: number
    /** The job that removes the user */
    jobId: string
  }
  /** What a user reported at a position */
  UserReport: {
    /** UUID, version 4 */
    id: string
    /** hazard, accident, weather or wildlife */
    reportType: string
    /** Degrees, WGS 84 */
    latitude: number
    /** Degrees, WGS 84 */
    longitude: number
    /** As its creator sent them; {} without any */
    properties: Record<string, unknown>
    /** Votes `valid` */
    upvoteCount: number
    /** Votes `invalid` */
    downvoteCount: number
    /** Whether the calling user has made it */
    isOwner: boolean
    /** As its creator sent it; null without one */
    externalUserId: string | null
    /** Always public */
    namespace: string
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the last vote or change of state, or the creation */
    updatedAt: number
    /** Milliseconds since the Unix epoch: when its time was over; null while it is active */
    expiredAt: number | null
    /** Milliseconds since the Unix epoch: when it was deleted; null unless it was */
    deletedAt: number | null
  }
  /** Where messages about ended jobs go */
  Webhook: {
    /** The number of the webhook */
    id: number
    /** An http or https address that takes POST requests */
    url: string
    /** Which ends it is told about */
    jobStates: ('completed' | 'failed' | 'cancelled')[]
    /** The same as jobStates, by the types of the messages; only one of the two can be given */
    events: ('job.completed' | 'job.failed' | 'job.cancelled')[]
    /** Only jobs of these types, children included; null for every job without a parent */
    jobTypes: string[] | null
    /** While false nothing is queued, and what is queued waits */
    active: boolean
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
  }
  /** One message to a webhook */
  WebhookDelivery: {
    /** The header webhook-id: the same for every attempt */
    id: string
    /** job.completed, job.failed, job.cancelled or test */
    event: string
    /** The job that ended; null for a test */
    jobId: string | null
    /** pending: not accepted yet, and sent again; delivered: accepted; failed: given up */
    state: 'pending' | 'delivered' | 'failed'
    /** How often it was sent, at most 13 times */
    attempts: number
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch: the next attempt at the earliest; null once it was delivered or given up */
    nextAttemptAt: number | null
    /** Milliseconds since the Unix epoch: when it was delivered or given up; null while it is pending */
    endedAt: number | null
    /** HTTP status of the last response; null when there was none */
    status: number | null
    /** Why the last attempt failed, in a sentence; null when it was accepted or none was made */
    error: string | null
    /** How long the last attempt took; null before the first */
    milliseconds: number | null
    /** What became of it, and whether and when it is sent again, for people; times in UTC */
    words: string
  }
  /** A webhook right after its secret was made */
  WebhookWithSecret: {
    /** The number of the webhook */
    id: number
    /** An http or https address that takes POST requests */
    url: string
    /** Which ends it is told about */
    jobStates: ('completed' | 'failed' | 'cancelled')[]
    /** The same as jobStates, by the types of the messages; only one of the two can be given */
    events: ('job.completed' | 'job.failed' | 'job.cancelled')[]
    /** Only jobs of these types, children included; null for every job without a parent */
    jobTypes: string[] | null
    /** While false nothing is queued, and what is queued waits */
    active: boolean
    /** Milliseconds since the Unix epoch */
    createdAt: number
    /** Milliseconds since the Unix epoch */
    updatedAt: number
    /** Signs the messages; shown here and never again */
    secret: string
  }
}

/** Each path with its operations. */
export interface Paths {
  '/api/openapi.json': {
    /** This description */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/': {
    /** Name, version and links */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** Always Chartroom */
              name: string
              /** The version of the server, as 1.2.3 */
              version: string
              /** Paths by what they lead to: openapi, live and ready */
              links: Record<string, string>
            }
            'text/html': string
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/assets/{version}/{file}': {
    /** A file of the pages */
    get: {
      parameters: {
        path: {
          /** The digest of the files */
          version: string
          /** The name of the file */
          file: string
        }
      }
      responses: {
        200: {
          content: {
            '*/*': unknown
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/docs': {
    /** A page that shows the API */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'text/html': string
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/health/live': {
    /** Whether the process answers */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** In any other condition there is no response at all */
              status: 'ok'
            }
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/health/ready': {
    /** Whether the server can work */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** unavailable, with status 503, when at least one check failed */
              status: 'ok' | 'unavailable'
              /** The outcome of each check by its name, such as database; the log of the server has the reason of a failure */
              checks: Record<string, 'ok' | 'failed'>
            }
          }
        }
        503: {
          content: {
            'application/json': {
              /** unavailable, with status 503, when at least one check failed */
              status: 'ok' | 'unavailable'
              /** The outcome of each check by its name, such as database; the log of the server has the reason of a failure */
              checks: Record<string, 'ok' | 'failed'>
            }
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/metrics': {
    /** Numbers for Prometheus */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'text/plain': string
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/instance': {
    /** Name and version of the server, and its condition */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Instance']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/instance/diagnostics': {
    /** What helps to find a fault, without secrets */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Diagnostics']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/agreements/noaa': {
    /** Who accepted the terms of NOAA's charts, and when */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Agreement']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Accept the terms of NOAA's charts */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** Always true: an acceptance is not withdrawn */
            accepted: true
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Agreement']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/auth/login': {
    /** Open a session */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** Exactly as it was given; case counts */
            username: string
            /** The password of the user */
            password: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The session token, which only this response shows */
              token: {
                /** The bearer string: 32 hexadecimal digits */
                id: string
                /** The id of the user */
                userId: number
              }
              user: Schemas['User']
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/auth/logout': {
    /** End the session */
    post: {
      parameters: Record<string, never>
      responses: {
        204: { content?: never }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/auth/whoami': {
    /** The user of the token */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['User']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/user/passwordChange': {
    /** Set the password of the user of the token */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The new password, at least 4 characters */
            password: string
            /** Checked when it is given */
            currentPassword?: string
          }
        }
      }
      responses: {
        204: { content?: never }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/user/sessions': {
    /** Your sessions, newest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Session'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** End one of your sessions */
    delete: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of the session, as the list shows it */
            id: string
          }
        }
      }
      responses: {
        204: { content?: never }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/apiTokens': {
    /** Tokens of the account */
    get: {
      parameters: {
        query?: {
          /** With the handle of each token */
          view?: 'summary' | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['ListedApiToken'][]
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Create a token */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** What to call it, 1 to 200 characters; several may have the same */
            name: string
            /** Limits the token to pages of these hosts, by the header Origin; a request without that header is accepted only on the Core API. Null for no limit */
            restrictions?: {
              /** Host names such as example.com, with a port if needed, or whole origins such as https://example.com; an empty list allows any */
              hosts?: string[]
            } | null
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['ApiToken']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/apiTokens/{id}': {
    /** Change a token */
    post: {
      parameters: {
        path: {
          /** The token itself, which is its id */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /** What to call it, 1 to 200 characters; several may have the same */
            name?: string
            /** Limits the token to pages of these hosts, by the header Origin; a request without that header is accepted only on the Core API. Null for no limit */
            restrictions?: {
              /** Host names such as example.com, with a port if needed, or whole origins such as https://example.com; an empty list allows any */
              hosts?: string[]
            } | null
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['ApiToken']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Delete a token */
    delete: {
      parameters: {
        path: {
          /** The token itself, which is its id */
          id: string
        }
      }
      responses: {
        204: { content?: never }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getAllUsers': {
    /** Users of every account, oldest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['AdminUser'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getUser': {
    /** One user of any account */
    get: {
      parameters: {
        query: {
          /** The id of a user or an account */
          id: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['AdminUserDetail']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/createUser': {
    /** Create a user of an account */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            accountId: number
            /** For the login; of any form */
            username: string
            /** At least 4 characters */
            password: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['CreatedUser']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/editUser': {
    /** Change the name or the password of a user */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            id: number
            /** For the login; of any form */
            username?: string
            /** At least 4 characters */
            password?: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['EditedUser']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/deleteUser': {
    /** Delete a user */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            id: number
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['UserDeletion']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getAllAccounts': {
    /** Accounts, oldest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Account'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getAccount': {
    /** One account */
    get: {
      parameters: {
        query: {
          /** The id of a user or an account */
          id: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Account']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/createAccount': {
    /** Create an account with its first user */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The name of the account; several may have the same */
            name: string
            /** For the login; of any form */
            username: string
            /** At least 4 characters */
            password: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['CreatedAccount']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/editAccount': {
    /** Rename an account */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            id: number
            /** The name of the account; several may have the same */
            name: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Account']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/deleteAccount': {
    /** Delete an account with its users and all their data */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            id: number
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['AccountDeletion']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getAccountUsage': {
    /** What each account has: users, tokens, charts, storage */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['AccountUsage'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/getApiTokens': {
    /** API tokens of all users of an account, newest first */
    get: {
      parameters: {
        query: {
          /** The id of a user or an account */
          accountId: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['AdminApiToken'][]
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/createApiToken': {
    /** Create an API token for a user */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            userId: number
            /** The id of a user or an account */
            accountId: number
            /** What to call it; several may have the same */
            name: string
            /** Limits the token to pages of these hosts, by the header Origin; a request without that header is accepted only on the Core API. Null for no limit */
            restrictions?: {
              /** Host names such as example.com, with a port if needed, or whole origins such as https://example.com; an empty list allows any */
              hosts?: string[]
            } | null
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['AdminApiToken']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/admin/deleteApiToken': {
    /** Delete an API token of an account */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a user or an account */
            accountId: number
            /** As the list of the account shows it */
            id: string
          }
        }
      }
      responses: {
        204: { content?: never }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/uploads': {
    /** Uploads of the account, newest first */
    get: {
      parameters: {
        query?: {
          /** Entries per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
          /** summary: with job and counts of cells by state, without log */
          view?: 'full' | 'summary' | undefined
          /** Only uploads in this state */
          status?: 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Newest first; summaries with view=summary */
              uploads: Schemas['Upload'][] | Schemas['UploadSummary'][]
              /** Which page this is */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Entries before this page */
                offset: number
                /** Uploads that match, over all pages; only with view=summary */
                total?: number
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/uploads/{id}': {
    /** One upload */
    get: {
      parameters: {
        query?: {
          /** summary: with job and counts of cells by state, without log */
          view?: 'full' | 'summary' | undefined
        }
        path: {
          /** The number of the upload */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** A summary with view=summary */
              upload: Schemas['Upload'] | Schemas['UploadSummary']
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Delete an upload and its charts */
    delete: {
      parameters: {
        path: {
          /** The number of the upload */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Whether this request has scheduled it, or an earlier one */
              message: string
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/uploads/{id}/deletion': {
    /** What deleting an upload would change */
    get: {
      parameters: {
        path: {
          /** The number of the upload */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** By name */
              cells: Schemas['CellAfterDeletion'][]
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/uploads/{id}/cells': {
    /** Report on each cell of an upload */
    get: {
      parameters: {
        query?: {
          /** Entries per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
          /** Only cells in this state */
          status?: 'pending' | 'indexed' | 'waiting' | 'failed' | 'cancelled' | undefined
          /** Only cells whose name or title contains this */
          q?: string | undefined
        }
        path: {
          /** The number of the upload */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** By name */
              cells: Schemas['CellReport'][]
              /** Which page this is, and of how many entries */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Entries before this page */
                offset: number
                /** Entries that match, over all pages */
                total: number
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/cells': {
    /** Cells visible to the caller, by name */
    get: {
      parameters: {
        query?: {
          /** Entries per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
          /** west,south,east,north in degrees: only cells that touch this box; west exceeds east across the antimeridian */
          bbox?: string | undefined
          /** Only cells whose name or title contains this */
          q?: string | undefined
          /** Only cells of this source; `upload`: those of the account */
          source?: 'noaa' | 'usace' | 'upload' | undefined
          /** By name unless given; `-` falls */
          sort?: 'name' | '-name' | 'scale' | '-scale' | 'indexedAt' | '-indexedAt' | 'issueDate' | '-issueDate' | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** In the order of sort */
              cells: Schemas['Cell'][]
              /** Which page this is, and of how many entries */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Entries before this page */
                offset: number
                /** Entries that match, over all pages */
                total: number
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/cells/{name}': {
    /** One cell, with its warnings and its last failed try */
    get: {
      parameters: {
        path: {
          /** The name of the cell */
          name: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              cell: Schemas['CellDetail'] | null
              lastFailure: Schemas['CellFailure'] | null
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/cells/{name}/files/{file}': {
    /** A text or picture that a feature of a cell names */
    get: {
      parameters: {
        path: {
          /** The name of the cell */
          name: string
          /** The name of the text or picture */
          file: string
        }
      }
      responses: {
        200: {
          content: {
            'text/plain': string
            'image/tiff': string
            'image/jpeg': string
            'image/png': string
            'image/gif': string
            'application/pdf': string
            'application/octet-stream': string
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/permits': {
    /** S-63 permits of the account, the first to expire first */
    get: {
      parameters: {
        query?: {
          /** Entries per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The first to expire first */
              permits: Schemas['CellPermit'][]
              /** Which page this is, and of how many entries */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Entries before this page */
                offset: number
                /** Entries that match, over all pages */
                total: number
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/publicFailures': {
    /** Public cells that the last refresh could not download or index, by name */
    get: {
      parameters: {
        query?: {
          /** Entries per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** By name */
              failures: Schemas['PublicFailure'][]
              /** Which page this is, and of how many entries */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Entries before this page */
                offset: number
                /** Entries that match, over all pages */
                total: number
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/getPermit': {
    /** The S-63 user permit of this server */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** The user permit of S-63: 28 characters */
              permitId: string
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/charts/refresh': {
    /** Refresh the public charts */
    post: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** The id of the new job, a UUID */
              jobId: string
              /** It has yet to begin */
              jobState: 'pending'
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        409: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/jobs': {
    /** The 100 newest jobs */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['CloudJob'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/enc-v2.json': {
    /** TileJSON of the vector tiles */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt': {
    /** A vector tile of the charts */
    get: {
      parameters: {
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'application/x-protobuf': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/data-geojson-v1/{z}/{x}/{y}.json': {
    /** The chart data of a tile as GeoJSON */
    get: {
      parameters: {
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The type of GeoJSON */
              type: 'FeatureCollection'
              /** Features of GeoJSON */
              features: (Record<string, unknown>)[]
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/data-shoreline-v1/{z}/{x}/{y}.json': {
    /** The land of a tile as GeoJSON */
    get: {
      parameters: {
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The type of GeoJSON */
              type: 'FeatureCollection'
              /** Features of GeoJSON */
              features: (Record<string, unknown>)[]
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png': {
    /** A raster tile of the charts */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north; with @2x for 512 pixels */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'image/png': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/raster-v1/{z}/{x}/{y}.png': {
    /** A raster tile of the charts */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north; with @2x for 512 pixels */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'image/png': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/styles/raster.json': {
    /** Style document of the raster tiles */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v2/tiles/enc-raster-v2.json': {
    /** TileJSON of the raster tiles */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/wmts': {
    /** WMTS capabilities of the raster tiles */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/xml': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/signalk': {
    /** Where SignalK clients find the chart resources */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** Versions of the API that this server has */
              endpoints: {
                /** The API of SignalK version 1 */
                v1: {
                  /** The version of the API, as 2.0.0 */
                  version: string
                  /** Absolute address under which its resources are */
                  'signalk-http': string
                }
                /** The API of SignalK version 2 */
                v2: {
                  /** The version of the API, as 2.0.0 */
                  version: string
                  /** Absolute address under which its resources are */
                  'signalk-http': string
                }
              }
              /** The program that responds */
              server: {
                /** Always chartroom */
                id: string
                /** The version of the server */
                version: string
              }
            }
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/signalk/v2/api/resources/charts': {
    /** The charts as resources of SignalK version 2, by identifier */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, Schemas['SignalKChart']>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/signalk/v2/api/resources/charts/{identifier}': {
    /** One chart as a resource of SignalK version 2 */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
        path: {
          /** The identifier of the chart resource */
          identifier: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['SignalKChart']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/signalk/v1/api/resources/charts': {
    /** The charts as resources of SignalK version 1, by identifier */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, Schemas['SignalKChartOld']>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/signalk/v1/api/resources/charts/{identifier}': {
    /** One chart as a resource of SignalK version 1 */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
        path: {
          /** The identifier of the chart resource */
          identifier: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['SignalKChartOld']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/enc_query': {
    /** Chart features near a position, nearest first */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The middle of the circle */
            position: {
              /** Degrees, WGS 84 */
              longitude: number
              /** Degrees, WGS 84 */
              latitude: number
            }
            /** Metres on the ellipsoid */
            radius: number
            /** Cells take precedence as in the tiles of this zoom; left out, the finest count */
            zoom?: number
            /** Adds `words`, a sentence about the object, and `source`, the chart it comes from */
            describe?: boolean
            /** Only objects of these classes; also magnetic variation (MAGVAR), which is left out otherwise */
            classes?: string[]
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The nearest first; one that holds the position is at distance 0 */
              results: Schemas['ChartFeature'][]
              /** Only when features beyond the limit of 1 MiB were left out */
              truncated?: true
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/depth_query': {
    /** Least charted depth along a line or at a position */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** [longitude, latitude] of each point; legs are rhumb lines, the shorter way around, 200 NM in all */
            line?: (number[])[]
            /** Instead of a line: one place */
            position?: {
              /** Degrees, WGS 84 */
              longitude: number
              /** Degrees, WGS 84 */
              latitude: number
            }
            /** Depths and dangers within this distance of the line count */
            withinMetres?: number
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['DepthProfile']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/cells': {
    /** Cells visible to the caller, with their coverage */
    get: {
      parameters: {
        query?: {
          /** west,south,east,north in degrees: only cells that touch this box; west exceeds east across the antimeridian */
          bbox?: string | undefined
          /** Cells per page; values above 1000 count as 1000 */
          limit?: number | undefined
          /** Empty for the first page, then pagination.nextCursor of the page before */
          cursor?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** By name; of two with one name, the one of the account first */
              cells: Schemas['CellCoverage'][]
              /** Only when limit or cursor was given */
              pagination?: {
                /** The limit that was applied */
                limit: number
                /** For the next page; null after the last page */
                nextCursor: string | null
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/datasets/attributions': {
    /** Sources of the data */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Attribution'][]
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports': {
    /** Report something at a position */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** What it is about */
            reportType: 'hazard' | 'accident' | 'weather' | 'wildlife'
            /** Where it was seen */
            position: {
              /** Degrees, WGS 84 */
              latitude: number
              /** Degrees, WGS 84 */
              longitude: number
            }
            /** Anything, up to 16,384 bytes; clients show `description` */
            properties?: Record<string, unknown>
            /** UUID, version 4; one is made without it */
            id?: string
            /** A name of your own for the person behind the request */
            externalUserId?: string
          }
        }
      }
      responses: {
        201: {
          content: {
            'application/json': Schemas['UserReport']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        409: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Reports of all users, newest first */
    get: {
      parameters: {
        query?: {
          /** Whether to include deleted ones */
          includeDeleted?: boolean | undefined
          /** Whether to include expired ones */
          includeExpired?: boolean | undefined
          /** Entries per page; more than 200 counts as 200 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Newest first */
              reports: Schemas['UserReport'][]
              /** Reports that match, over all pages */
              total: number
              /** The limit that was applied */
              limit: number
              /** Reports before this page */
              offset: number
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/{id}/votes': {
    /** Vote on a report */
    post: {
      parameters: {
        path: {
          /** The id of the report or track, a UUID */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /** valid: it is there; invalid: it is not */
            vote: 'valid' | 'invalid'
            /** A name of your own for the person behind the request */
            externalUserId?: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['UserReport']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        410: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/{id}': {
    /** Delete a report */
    delete: {
      parameters: {
        path: {
          /** The id of the report or track, a UUID */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['UserReport']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        410: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/tiles/{z}/{x}/{y}.mvt': {
    /** A vector tile of the active reports */
    get: {
      parameters: {
        query?: {
          /** Lines between soundings too */
          includeBathymetry?: boolean | undefined
        }
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'application/vnd.mapbox-vector-tile': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/tiles/{z}/{x}/{y}.json': {
    /** The active reports of a tile as GeoJSON */
    get: {
      parameters: {
        path: {
          /** Zoom */
          z: string
          /** Column, from west */
          x: string
          /** Row, from north */
          y: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The type of GeoJSON */
              type: 'FeatureCollection'
              /** Features of GeoJSON */
              features: (Record<string, unknown>)[]
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/bathymetry': {
    /** Tracks of soundings of all users, newest first */
    get: {
      parameters: {
        query?: {
          /** Entries per page; more than 200 counts as 200 */
          limit?: number | undefined
          /** Entries to skip, at most 100000 */
          offset?: number | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Newest first */
              tracks: Schemas['BathymetryTrack'][]
              /** Tracks over all pages */
              total: number
              /** The limit that was applied */
              limit: number
              /** Tracks before this page */
              offset: number
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Send soundings */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** In any order; at most 50,000 unless the operator allows another number */
            soundings: {
              /** Degrees, WGS 84, -90 to 90 */
              latitude: number
              /** Degrees, WGS 84, -180 to 180 */
              longitude: number
              /** Metres, positive below the water, -1,000 to 12,000 */
              depth: number
              /** ISO 8601, or milliseconds since 1970 as a number or in digits; neither before 1970 nor in the future */
              time: string | number
            }[]
            /** The vessel that sounded */
            platform?: {
              /** What distinguishes it from others: only soundings with one continue a track; at most 256 characters, left out when it was not given */
              uniqueId?: string
              /** Its name; at most 256 characters, left out when it was not given */
              name?: string
              /** Its kind, such as sailing vessel; at most 256 characters, left out when it was not given */
              type?: string
            }
            /** Who provides the soundings, and with what */
            providerContactPoint?: {
              /** The organisation; at most 256 characters, left out when it was not given */
              orgName?: string
              /** The device or program that logged; at most 256 characters, left out when it was not given */
              logger?: string
              /** Its version; at most 256 characters, left out when it was not given */
              loggerVersion?: string
            }
            /** only meters is accepted */
            depthUnits?: 'meters'
            /** A label; ISO 8601 without it */
            timeUnits?: string
            /** A label, such as CSB 2.0 */
            convention?: string
            /** A name of your own for the person behind the request */
            externalUserId?: string
          }
        }
      }
      responses: {
        201: {
          content: {
            'application/json': {
              /** In the order of their times; a continued track comes first */
              tracks: {
                /** UUID of the track, version 7 */
                id: string
                /** Soundings of the whole track */
                pointCount: number
                /** Milliseconds since the Unix epoch: its first sounding */
                startTime: number
                /** Milliseconds since the Unix epoch: its last sounding */
                endTime: number
                /** Whether it was there before */
                merged: boolean
              }[]
              /** Soundings of this request */
              totalPoints: number
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/user-reports/bathymetry/{id}': {
    /** A track with its soundings */
    get: {
      parameters: {
        path: {
          /** The id of the report or track, a UUID */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['BathymetryTrackDetail']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/styles/base.json': {
    /** Style document of the charts */
    get: {
      parameters: {
        query?: {
          /** A custom style of the account; the default style when there is none of this id */
          styleId?: number | undefined
          /** A custom style by its name, the newest of several; has no effect with styleId */
          styleName?: string | undefined
          /** Default day */
          theme?: 'day' | 'dusk' | 'night' | undefined
          /** Safety contour in metres, 0 to 1000; default 3 */
          depthLimit?: string | undefined
          /** Shallow contour in metres, at most the safety contour; default 2 */
          shallowDepth?: string | undefined
          /** Deep contour in metres, at least the safety contour; default 30 */
          deepDepth?: string | undefined
          /** Units of soundings; default meters */
          depthUnits?: 'meters' | 'feet' | 'fathoms' | undefined
          /** Whole numbers in the unit, rounded down; default false */
          roundOffSoundings?: boolean | undefined
          /** Two shades of water, safe and not safe, instead of four; default false */
          twoShades?: boolean | undefined
          /** A pattern on all water that is not safe; default false */
          shallowPattern?: boolean | undefined
          /** Isolated dangers in water that is not safe itself, too; default false */
          isolatedShallow?: boolean | undefined
          /** Marks on points and areas of low accuracy; default false */
          showLowAccuracy?: boolean | undefined
          /** Light sector arcs; default true */
          showLightSectors?: boolean | undefined
          /** Legs of light sectors as long as the range of the light; default false */
          showFullSectorLegs?: boolean | undefined
          /** Outlines of cells; default false */
          showEncBoundaries?: boolean | undefined
          /** Maritime boundaries: none, lines with labels, also fills; default false */
          showMaritimeBoundaries?: 'false' | 'lines' | 'full' | undefined
          /** Names of landmarks and built-up areas; default true */
          showPlaceNames?: boolean | undefined
          /** Pattern where a chart is shown beyond its scale; default true */
          showOverscale?: boolean | undefined
          /** Pattern where there is no chart; default true */
          showNoData?: boolean | undefined
          /** Reports of users and lines of their soundings; default false */
          showUserReports?: boolean | undefined
          /** Imagery of satelliteTileUrl beneath the chart; default false */
          showSatellite?: boolean | undefined
          /** With showSatellite: no flat fill of land, so that imagery shows; default false */
          maskLandAreas?: boolean | undefined
          /** Raster tiles: a URL with {z}, {x} and {y} */
          satelliteTileUrl?: string | undefined
          /** Ids of style layers to hide, separated by commas */
          hideLayers?: string | undefined
          /** Ids of style layers to show, separated by commas; hides all others */
          showLayers?: string | undefined
          /** Other glyphs: a URL with {fontstack} and {range} */
          glyphs?: string | undefined
          /** Other font for soundings and labels */
          font?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/styles/preview': {
    /** Style document of parameters that are not stored */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** Wins over that of the settings; default day */
            theme?: 'day' | 'dusk' | 'night'
            /** Unknown keys are kept. At most 64 KiB */
            parameters: {
              /** Colour slot to #rrggbb */
              colors?: Record<string, unknown>
              /** As the parameters of the style document, and iconSet, soundingOpacity, areaBoundaries */
              settings?: Record<string, unknown>
            }
            /** `slots`, for an editor that fills in colours by itself: `$LANDA` stands for the colour of the slot, `$CHBLK?#364147` for the second colour unless the slot has one. Default `filled` */
            colours?: 'filled' | 'slots'
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/styles/sprites/{version}/{file}': {
    /** Symbols of the chart styles in other colours */
    get: {
      parameters: {
        query: {
          /** Tokens and their colours: `CHBLK-102030.CHMGD-ff0000` */
          colours: string
        }
        path: {
          /** As in the style document */
          version: string
          /** Such as day.json, night@2x.png */
          file: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
            'image/png': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/styles': {
    /** Custom styles of the account, newest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Style'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Create a custom style */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** For people and for styleName; of several with one name the newest is used */
            name: string
            /** Whose palette it starts with */
            theme: 'day' | 'dusk' | 'night'
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Style']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/styles/slots': {
    /** Colour slots of custom styles */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['StyleSlot'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/styles/{id}': {
    /** One custom style */
    get: {
      parameters: {
        path: {
          /** The id of the style */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Style']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Change a custom style */
    post: {
      parameters: {
        header?: {
          /** The ETag of the style as it was read: it is changed only while that is still its state */
          'if-match'?: string | undefined
        }
        path: {
          /** The id of the style */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /** For people and for styleName; of several with one name the newest is used */
            name?: string
            /** Unknown keys are kept. At most 64 KiB */
            parameters?: {
              /** Colour slot to #rrggbb */
              colors?: Record<string, unknown>
              /** As the parameters of the style document, and iconSet, soundingOpacity, areaBoundaries */
              settings?: Record<string, unknown>
            }
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Style']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        412: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Delete a custom style */
    delete: {
      parameters: {
        header?: {
          /** The ETag of the style as it was read: it is changed only while that is still its state */
          'if-match'?: string | undefined
        }
        path: {
          /** The id of the style */
          id: string
        }
      }
      responses: {
        204: { content?: never }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        412: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/webhooks': {
    /** Webhooks of the account, oldest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['Webhook'][]
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Create a webhook */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** An http or https address that takes POST requests */
            url: string
            /** Which ends it is told about */
            jobStates?: ('completed' | 'failed' | 'cancelled')[]
            /** The same as jobStates, by the types of the messages; only one of the two can be given */
            events?: ('job.completed' | 'job.failed' | 'job.cancelled')[]
            /** Only jobs of these types, children included; null for every job without a parent */
            jobTypes?: string[] | null
            /** While false nothing is queued, and what is queued waits */
            active?: boolean
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['WebhookWithSecret']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/webhooks/{id}': {
    /** One webhook */
    get: {
      parameters: {
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Webhook']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Change a webhook */
    post: {
      parameters: {
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /** An http or https address that takes POST requests */
            url?: string
            /** Which ends it is told about */
            jobStates?: ('completed' | 'failed' | 'cancelled')[]
            /** The same as jobStates, by the types of the messages; only one of the two can be given */
            events?: ('job.completed' | 'job.failed' | 'job.cancelled')[]
            /** Only jobs of these types, children included; null for every job without a parent */
            jobTypes?: string[] | null
            /** While false nothing is queued, and what is queued waits */
            active?: boolean
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Webhook']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Delete a webhook with its deliveries */
    delete: {
      parameters: {
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      responses: {
        204: { content?: never }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/webhooks/{id}/secret': {
    /** Make a new secret */
    post: {
      parameters: {
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['WebhookWithSecret']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/webhooks/{id}/test': {
    /** Queue a test message */
    post: {
      parameters: {
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['WebhookDelivery']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/webhooks/{id}/deliveries': {
    /** The latest deliveries of a webhook, newest first */
    get: {
      parameters: {
        query?: {
          /** More than 100 counts as 100 */
          limit?: number | undefined
        }
        path: {
          /** The id of the webhook */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Newest first */
              deliveries: Schemas['WebhookDelivery'][]
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/exports/estimate': {
    /** Estimate an offline pack before it is made */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** West, south, east, north in degrees; west exceeds east across the antimeridian */
            bbox: number[]
            /** Shallowest zoom of the tiles */
            minZoom: number
            /** Deepest zoom: at most 16 for vector tiles, 22 for raster tiles */
            maxZoom: number
            /** pmtiles comes with a page that shows it */
            format: 'pmtiles' | 'mbtiles'
            /** Kind of the tiles */
            kind: 'vector' | 'raster'
            /** Of raster tiles, and of the page when it opens; default day */
            theme?: 'day' | 'dusk' | 'night'
            /** A custom style of the account */
            styleId?: number
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['ExportEstimate']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/exports': {
    /** Make an offline pack */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** West, south, east, north in degrees; west exceeds east across the antimeridian */
            bbox: number[]
            /** Shallowest zoom of the tiles */
            minZoom: number
            /** Deepest zoom: at most 16 for vector tiles, 22 for raster tiles */
            maxZoom: number
            /** pmtiles comes with a page that shows it */
            format: 'pmtiles' | 'mbtiles'
            /** Kind of the tiles */
            kind: 'vector' | 'raster'
            /** Of raster tiles, and of the page when it opens; default day */
            theme?: 'day' | 'dusk' | 'night'
            /** A custom style of the account */
            styleId?: number
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Export']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        507: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Offline packs of the account, newest first */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': Schemas['ExportList']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/downloads': {
    /** A one-time address for the download of an offline pack */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** The id of a completed pack */
            exportId: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Download']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        409: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/downloads/{ticket}': {
    /** Download an offline pack */
    get: {
      parameters: {
        path: {
          /** The ticket, which is valid once */
          ticket: string
        }
      }
      responses: {
        200: {
          content: {
            'application/zip': string
          }
        }
        206: {
          content: {
            'application/zip': string
          }
        }
        410: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        416: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/exports/{id}': {
    /** One offline pack */
    get: {
      parameters: {
        path: {
          /** The id of the pack */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['Export']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Delete an offline pack */
    delete: {
      parameters: {
        path: {
          /** The id of the pack */
          id: string
        }
      }
      responses: {
        204: { content?: never }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/static/{version}/sprites/{file}': {
    /** Symbols of the chart styles */
    get: {
      parameters: {
        path: {
          /** As in the style document */
          version: string
          /** Such as day.json, night@2x.png */
          file: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Record<string, unknown>
            'image/png': string
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/static/{version}/glyphs/{fontstack}/{range}.pbf': {
    /** Glyphs of a font */
    get: {
      parameters: {
        path: {
          /** As in the style document */
          version: string
          /** Names of fonts, separated by commas */
          fontstack: string
          /** 256 characters, such as 0-255 */
          range: string
        }
      }
      responses: {
        200: {
          content: {
            'application/x-protobuf': string
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs': {
    /** Jobs, newest first */
    get: {
      parameters: {
        query?: {
          /** Only pending and running jobs */
          activeOnly?: boolean | undefined
          /** Jobs per page; more than 200 counts as 200 */
          limit?: number | undefined
          /** Jobs to skip, at most 100000; not together with cursor */
          offset?: number | undefined
          /** Empty for the first page, then pagination.nextCursor of the page before: at any depth as quick as the first */
          cursor?: string | undefined
          /** Only jobs of this type */
          jobType?: string | undefined
          /** Only jobs in this state, or in one of several, separated by commas: pending, running, completed, failed, cancelled */
          jobState?: string | undefined
          /** Only the children of this job; none: only jobs without a parent */
          parentJobId?: string | undefined
          /** Only jobs of this account; callers who are not administrators find none of another account */
          accountId?: number | undefined
          /** Only jobs created at this time or later, in milliseconds since the Unix epoch */
          createdAfter?: number | undefined
          /** Only jobs created before this time */
          createdBefore?: number | undefined
          /** summary: without logs, with times, error, waiting reason, counts of children and who started it */
          view?: 'summary' | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Newest first; summaries with view=summary */
              jobs: Schemas['Job'][] | Schemas['JobSummary'][]
              /** Which page this is */
              pagination: {
                /** The limit that was applied */
                limit: number
                /** Jobs before this page; 0 with cursor */
                offset: number
                /** Jobs that match, over all pages */
                total: number
                /** Only when cursor was given: that of the next page, or null after the last one */
                nextCursor?: string | null
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
    /** Start a maintenance job */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'application/json': {
            /** refresh-public-charts (download and index what has changed), clear-tiles (empty the tile cache), vacuum-analyze (tidy up the database) or backup (write a backup to the data directory) */
            jobType: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The id of the new job, a UUID */
              jobId: string
              /** It has yet to begin */
              jobState: 'pending'
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        409: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/counts': {
    /** Numbers of jobs by state and type */
    get: {
      parameters: {
        query?: {
          /** Only pending and running jobs */
          activeOnly?: boolean | undefined
          /** Only jobs of this type */
          jobType?: string | undefined
          /** Only jobs in this state, or in one of several, separated by commas: pending, running, completed, failed, cancelled */
          jobState?: string | undefined
          /** Only the children of this job; none: only jobs without a parent */
          parentJobId?: string | undefined
          /** Only jobs of this account; callers who are not administrators find none of another account */
          accountId?: number | undefined
          /** Only jobs created at this time or later, in milliseconds since the Unix epoch */
          createdAfter?: number | undefined
          /** Only jobs created before this time */
          createdBefore?: number | undefined
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['JobCounts']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/getJobStatus': {
    /** How many jobs are pending or running */
    get: {
      parameters: Record<string, never>
      responses: {
        200: {
          content: {
            'application/json': {
              /** Jobs that are pending or running, children too */
              activeJobs: number
              /** Whether the caller may start maintenance jobs */
              isEditable: boolean
            }
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/events': {
    /** Changed jobs as they happen */
    get: {
      parameters: {
        query?: {
          /** summary: without logs, with times, error, waiting reason, counts of children and who started it */
          view?: 'summary' | undefined
        }
        header?: {
          /** Sent by clients that connect again */
          'last-event-id'?: string | undefined
        }
      }
      responses: {
        200: {
          content: {
            'text/event-stream': string
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/{id}': {
    /** One job */
    get: {
      parameters: {
        query?: {
          /** summary: without logs, with times, error, waiting reason, counts of children and who started it */
          view?: 'summary' | undefined
        }
        path: {
          /** The id of the job, a UUID */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['JobDetail'] | Schemas['JobSummary']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/{id}/logs': {
    /** The log of a job, oldest line first */
    get: {
      parameters: {
        query?: {
          /** Only lines after this number: nextAfter of the page before */
          after?: number | undefined
          /** Lines per page; more than 1000 counts as 1000 */
          limit?: number | undefined
          /** Only lines before this number, the last limit of them; not together with after or tail */
          before?: number | undefined
          /** The number of lines to return from the end of the log; more than 1000 counts as 1000; limit has no effect. Not together with after or before */
          tail?: number | undefined
        }
        path: {
          /** The id of the job, a UUID */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** Oldest first */
              logs: Schemas['NumberedLogLine'][]
              /** Pass as after for the lines that follow, also when this page is empty */
              nextAfter: number
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/{id}/cancel': {
    /** Cancel a job and its children */
    post: {
      parameters: {
        path: {
          /** The id of the job, a UUID */
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['JobDetail']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/jobs/{id}/retry': {
    /** Run a failed or cancelled job again */
    post: {
      parameters: {
        path: {
          /** The id of the job, a UUID */
          id: string
        }
      }
      requestBody?: {
        content: {
          'application/json': {
            /** Repeats this step and those after it, even if they had finished */
            fromStep?: string | null
          } | null
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Schemas['JobDetail']
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        403: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        404: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        409: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        413: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        415: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/portal/v1/charts/upload': {
    /** Upload charts */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'multipart/form-data': {
            /** The file, with its name */
            file: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The upload as it is stored */
              upload: {
                /** The number of the upload */
                id: number
                /** As stored: without folders and unusual characters */
                filename: string
                /** Bytes */
                fileSize: number
                /** The job has yet to begin */
                status: 'pending'
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        507: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
  '/api/v1/charts/upload': {
    /** Upload charts */
    post: {
      parameters: Record<string, never>
      requestBody: {
        content: {
          'multipart/form-data': {
            /** The file, with its name */
            file: string
          }
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              /** The upload as it is stored */
              upload: {
                /** A UUID */
                id: string
                /** As stored: without folders and unusual characters */
                filename: string
                /** Bytes */
                fileSize: number
                /** The job has yet to begin */
                status: 'pending'
              }
            }
          }
        }
        400: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        401: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        429: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        503: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        507: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
        default: {
          content: {
            'application/problem+json': Schemas['Problem']
          }
        }
      }
    }
  }
}
