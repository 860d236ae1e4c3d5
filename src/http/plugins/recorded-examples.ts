// Written by `npm run record-examples`, from the answers of a real server.
import type { RecordedExample } from './recorded-example.ts'

/** By operationId. */
export const RECORDED_EXAMPLES: Readonly<Record<string, RecordedExample>> = {
  acceptNoaaAgreement: {
    body: {
      accepted: true,
    },
    answer: {
      acceptedAt: 1768464007735,
      acceptedBy: 'admin',
    },
  },
  cancelJob: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-00000000000d',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-00000000000d',
      parentJobId: null,
      jobType: 'refresh-public-charts',
      jobState: 'running',
      accountId: null,
      parameters: {},
      result: null,
      logs: [
        {
          timestamp: '2026-01-15T08:00:10.263+00:00',
          type: 'info',
          message: 'Reading the catalogue from file:///var/lib/chartroom/mirror/ENCProdCat.xml',
        },
        {
          timestamp: '2026-01-15T08:00:10.264+00:00',
          type: 'info',
          message: 'The catalogue lists 5 cells (5.3 kB, valid from 2026-03-17T06:00:00Z)',
        },
      ],
      percentComplete: 2,
      priority: 0,
      createdAt: 1768464010228,
      updatedAt: 1768464010266,
      steps: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-00000000000e',
          jobId: '0199d5a0-7c2e-7a10-8f3b-00000000000d',
          stepName: 'step_download_noaa',
          status: 'running',
          startedAt: 1768464010248,
          completedAt: null,
          result: null,
          error: null,
          attempt: 1,
        },
        {
          id: '0199d5a0-7c2e-7a10-8f3b-00000000000f',
          jobId: '0199d5a0-7c2e-7a10-8f3b-00000000000d',
          stepName: 'step_index_noaa',
          status: 'pending',
          startedAt: null,
          completedAt: null,
          result: null,
          error: null,
          attempt: 0,
        },
      ],
      childJobIds: [],
      error: null,
      startedAt: 1768464010239,
      finishedAt: null,
      cancelRequestedAt: 1768464010260,
      attempt: 1,
      waitingReason: null,
    },
  },
  changePassword: {
    body: {
      password: 'a longer password',
      currentPassword: 'a long password',
    },
  },
  countJobs: {
    answer: {
      byState: {
        pending: 0,
        running: 0,
        completed: 5,
        failed: 0,
        cancelled: 0,
      },
      byType: {
        'delete-account': 1,
        'user-upload': 2,
        'refresh-public-charts': 1,
        'index-custom-encs': 1,
      },
      total: 5,
    },
  },
  createAccount: {
    body: {
      name: 'Harbour',
      username: 'harbour@example.com',
      password: 'a long password',
    },
    answer: {
      account: {
        id: 2,
        name: 'Harbour',
        planInstance: 'oem',
        metadata: {},
        createdAt: 1768464007229,
      },
      user: {
        id: 2,
        email: 'harbour@example.com',
        accountId: 2,
        isAdmin: false,
        createdAt: 1768464007230,
      },
      initialToken: {
        id: '5f0c1d2e3a4b5c6d7e8f901200000003',
        name: 'Default',
        userId: 2,
        userEmail: 'harbour@example.com',
        createdAt: 1768464007230,
        lastUsedAt: null,
        restrictions: null,
        accountId: 2,
      },
    },
  },
  createAccountApiToken: {
    body: {
      userId: 3,
      accountId: 2,
      name: 'Plotter',
    },
    answer: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000005',
      name: 'Plotter',
      userId: 3,
      userEmail: 'pilots@example.com',
      createdAt: 1768464007351,
      lastUsedAt: null,
      restrictions: null,
      accountId: 2,
    },
  },
  createApiToken: {
    body: {
      name: 'Production Token',
      restrictions: {
        hosts: ['example.com'],
      },
    },
    answer: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000002',
      name: 'Production Token',
      userId: 1,
      userEmail: 'admin',
      createdAt: 1768464007176,
      lastUsedAt: null,
      restrictions: {
        hosts: ['example.com'],
      },
    },
  },
  createBathymetry: {
    body: {
      soundings: [
        {
          latitude: 42.95,
          longitude: -34.95,
          depth: 5.2,
          time: '2026-01-15T16:00:00Z',
        },
        {
          latitude: 42.951,
          longitude: -34.95,
          depth: 5.4,
          time: '2026-01-15T16:01:00Z',
        },
      ],
      platform: {
        uniqueId: 'vessel-1',
        name: 'Anna',
        type: 'sailing yacht',
      },
      providerContactPoint: {
        orgName: 'Harbour office',
        logger: 'plotter',
        loggerVersion: '2.1',
      },
      depthUnits: 'meters',
      timeUnits: 'ISO 8601',
      convention: 'CSB 2.0',
    },
    answer: {
      tracks: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000011',
          pointCount: 2,
          startTime: 1768492800000,
          endTime: 1768492860000,
          merged: false,
        },
      ],
      totalPoints: 2,
    },
  },
  createDownload: {
    body: {
      exportId: '0199d5a0-7c2e-7a10-8f3b-000000000012',
    },
    answer: {
      url: '/api/portal/v1/downloads/5f0c1d2e3a4b5c6d7e8f901200000009',
      expiresAt: 1768464073945,
    },
  },
  createExport: {
    body: {
      bbox: [-35, 42.9, -34.9, 43],
      minZoom: 8,
      maxZoom: 10,
      format: 'pmtiles',
      kind: 'vector',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000012',
      jobId: '0199d5a0-7c2e-7a10-8f3b-000000000013',
      state: 'pending',
      percentComplete: 0,
      bbox: [-35, 42.9, -34.9, 43],
      minZoom: 8,
      maxZoom: 10,
      kind: 'vector',
      format: 'pmtiles',
      theme: 'day',
      styleId: null,
      tiles: 3,
      fileSize: null,
      fileName: 'charts-42.9N-35.0W-vector.zip',
      creatorEmail: 'admin',
      createdAt: 1768464012585,
      expiresAt: null,
    },
  },
  createJob: {
    body: {
      jobType: 'refresh-public-charts',
    },
    answer: {
      jobId: '0199d5a0-7c2e-7a10-8f3b-000000000003',
      jobState: 'pending',
    },
  },
  createStyle: {
    body: {
      name: 'Vessel map',
      theme: 'day',
    },
    answer: {
      id: 1,
      name: 'Vessel map',
      userEmail: 'admin',
      createdAt: 1768464012338,
      updatedAt: 1768464012338,
      parameters: {
        colors: {
          CHBLK: '#000000',
          CHBRN: '#a19653',
        },
        settings: {
          theme: 'day',
          iconSet: 'enc-day',
          twoShades: false,
          depthLimit: 3,
          depthUnits: 'meters',
          hideLayers: [],
          showLayers: [],
          showNoData: true,
          attribution: '',
          maskLandAreas: false,
          showOverscale: true,
          showSatellite: false,
          areaBoundaries: 'symbolized',
          shallowPattern: false,
          showPlaceNames: true,
          isolatedShallow: false,
          showLowAccuracy: false,
          showUserReports: false,
          soundingOpacity: 1,
          showLightSectors: true,
          roundOffSoundings: false,
          showEncBoundaries: false,
          showFullSectorLegs: false,
          showMaritimeBoundaries: false,
        },
      },
    },
  },
  createUser: {
    body: {
      accountId: 2,
      username: 'pilot@example.com',
      password: 'a long password',
    },
    answer: {
      user: {
        id: 3,
        email: 'pilot@example.com',
        accountId: 2,
        isAdmin: false,
        createdAt: 1768464007286,
      },
      initialToken: {
        id: '5f0c1d2e3a4b5c6d7e8f901200000004',
        name: 'Default',
        userId: 3,
        userEmail: 'pilot@example.com',
        createdAt: 1768464007286,
        lastUsedAt: null,
        restrictions: null,
        accountId: 2,
      },
    },
  },
  createUserReport: {
    body: {
      reportType: 'hazard',
      position: {
        longitude: -34.95,
        latitude: 42.95,
      },
      properties: {
        description: 'Floating log',
      },
    },
    answer: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
      reportType: 'hazard',
      latitude: 42.95,
      longitude: -34.95,
      properties: {
        description: 'Floating log',
      },
      upvoteCount: 0,
      downvoteCount: 0,
      isOwner: true,
      externalUserId: null,
      namespace: 'public',
      createdAt: 1768464012096,
      updatedAt: 1768464012096,
      expiredAt: null,
      deletedAt: null,
    },
  },
  createWebhook: {
    body: {
      url: 'https://hooks.example/chartroom',
      events: ['job.completed', 'job.failed'],
    },
    answer: {
      id: 1,
      url: 'https://hooks.example/chartroom',
      jobStates: ['completed', 'failed'],
      events: ['job.completed', 'job.failed'],
      jobTypes: null,
      active: true,
      createdAt: 1768464014145,
      updatedAt: 1768464014145,
      secret: 'whsec_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0LiE=',
    },
  },
  deleteAccount: {
    body: {
      id: 2,
    },
    answer: {
      jobId: '0199d5a0-7c2e-7a10-8f3b-000000000002',
    },
  },
  deleteAccountApiToken: {
    body: {
      accountId: 2,
      id: '5f0c1d2e3a4b5c6d7e8f901200000005',
    },
  },
  deleteApiToken: {
    path: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000002',
    },
  },
  deleteExport: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000012',
    },
  },
  deleteStyle: {
    path: {
      id: 1,
    },
  },
  deleteUpload: {
    path: {
      id: 3,
    },
    answer: {
      message: 'Upload deletion scheduled',
    },
  },
  deleteUser: {
    body: {
      id: 3,
    },
    answer: {
      deletedUserId: 3,
      jobId: '0199d5a0-7c2e-7a10-8f3b-000000000001',
    },
  },
  deleteUserReport: {
    path: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
    },
    answer: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
      reportType: 'hazard',
      latitude: 42.95,
      longitude: -34.95,
      properties: {
        description: 'Floating log',
      },
      upvoteCount: 1,
      downvoteCount: 0,
      isOwner: true,
      externalUserId: null,
      namespace: 'public',
      createdAt: 1768464012096,
      updatedAt: 1768464012157,
      expiredAt: null,
      deletedAt: 1768464012157,
    },
  },
  deleteWebhook: {
    path: {
      id: 1,
    },
  },
  download: {
    path: {
      ticket: '5f0c1d2e3a4b5c6d7e8f901200000009',
    },
  },
  editAccount: {
    body: {
      id: 2,
      name: 'Harbour office',
    },
    answer: {
      id: 2,
      name: 'Harbour office',
      planInstance: 'oem',
      metadata: {},
      createdAt: 1768464007229,
    },
  },
  editUser: {
    body: {
      id: 3,
      username: 'pilots@example.com',
    },
    answer: {
      id: 3,
      email: 'pilots@example.com',
      createdAt: 1768464007286,
      modifiedAt: 1768464007306,
    },
  },
  endSession: {
    body: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000006',
    },
  },
  estimateExport: {
    body: {
      bbox: [-35, 42.9, -34.9, 43],
      minZoom: 8,
      maxZoom: 10,
      format: 'pmtiles',
      kind: 'vector',
    },
    answer: {
      tiles: 3,
      bytes: 9014000,
      charts: 5,
      seconds: 1,
      fits: true,
    },
  },
  getAccount: {
    query: {
      id: 2,
    },
    answer: {
      id: 2,
      name: 'Harbour',
      planInstance: 'oem',
      metadata: {},
      createdAt: 1768464007229,
    },
  },
  getBathymetry: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000011',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000011',
      platform: {
        uniqueId: 'vessel-1',
        name: 'Anna',
        type: 'sailing yacht',
      },
      metadata: {
        providerContactPoint: {
          orgName: 'Harbour office',
          logger: 'plotter',
          loggerVersion: '2.1',
        },
        depthUnits: 'meters',
        timeUnits: 'ISO 8601',
        convention: 'CSB 2.0',
        min_depth: 5.2,
        max_depth: 5.4,
        length_m: 111.09177184554684,
      },
      externalUserId: null,
      namespace: 'public',
      pointCount: 2,
      startTime: 1768492800000,
      endTime: 1768492860000,
      createdAt: 1768464012162,
      updatedAt: 1768464012162,
      soundings: [
        {
          latitude: 42.95,
          longitude: -34.95,
          depth: 5.2,
          time: 1768492800000,
        },
        {
          latitude: 42.951,
          longitude: -34.95,
          depth: 5.4,
          time: 1768492860000,
        },
      ],
    },
  },
  getCell: {
    path: {
      name: 'XX5SAMPL',
    },
    answer: {
      cell: {
        name: 'XX5SAMPL',
        title: null,
        source: 'upload',
        uploadId: 2,
        standard: 's57',
        edition: 1,
        update: 0,
        issueDate: '2026-01-01',
        updateDate: '2026-01-01',
        usageBand: 5,
        scale: 12000,
        bbox: [-30.1, 40, -30, 40.1],
        upToDate: true,
        featureCount: 9,
        files: ['XX5NOTE1.TXT'],
        indexedAt: 1768464009491,
        warnings: [],
        features: {
          BOYLAT: 1,
          DEPARE: 2,
          DEPCNT: 1,
          LIGHTS: 1,
          LNDARE: 1,
          M_COVR: 1,
          SOUNDG: 1,
          WRECKS: 1,
        },
        refreshJobId: null,
      },
      lastFailure: null,
    },
  },
  getCellFile: {
    path: {
      name: 'XX5SAMPL',
      file: 'XX5NOTE1.TXT',
    },
  },
  getColouredSprite: {
    path: {
      version: '087966216151b99b',
      file: 'night.json',
    },
    query: {
      colours: 'LANDA-d8c98f',
    },
    answer: {
      ACHARE02: {
        x: 1142,
        y: 1356,
        width: 16,
        height: 20,
        pixelRatio: 1,
      },
      ACHARE51: {
        x: 386,
        y: 558,
        width: 48,
        height: 58,
        pixelRatio: 1,
      },
    },
  },
  getCustomStyle: {
    path: {
      id: 1,
    },
    answer: {
      id: 1,
      name: 'Vessel map',
      userEmail: 'admin',
      createdAt: 1768464012338,
      updatedAt: 1768464012338,
      parameters: {
        colors: {
          CHBLK: '#000000',
          CHBRN: '#a19653',
        },
        settings: {
          theme: 'day',
          iconSet: 'enc-day',
          twoShades: false,
          depthLimit: 3,
          depthUnits: 'meters',
          hideLayers: [],
          showLayers: [],
          showNoData: true,
          attribution: '',
          maskLandAreas: false,
          showOverscale: true,
          showSatellite: false,
          areaBoundaries: 'symbolized',
          shallowPattern: false,
          showPlaceNames: true,
          isolatedShallow: false,
          showLowAccuracy: false,
          showUserReports: false,
          soundingOpacity: 1,
          showLightSectors: true,
          roundOffSoundings: false,
          showEncBoundaries: false,
          showFullSectorLegs: false,
          showMaritimeBoundaries: false,
        },
      },
    },
  },
  getDataTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
    answer: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: '60c195a5-3f48-50c3-8df8-bbff17b60b55',
          geometry: {
            type: 'Point',
            coordinates: [-34.9718615, 42.9538381],
          },
          properties: {
            layerId: 'BCNSPP',
            attributes: {
              agen: 65535,
              fidn: 36,
              fids: 3,
              grup: 2,
              bcnshp: 3,
              catspm: [16],
              colour: [1, 3],
              colpat: [2],
              objnam: 'Quillon Front',
            },
          },
        },
        {
          type: 'Feature',
          id: 'f160579a-24c0-5b7a-b3d8-7c3e26466c2f',
          geometry: {
            type: 'Point',
            coordinates: [-34.9787696, 42.9557335],
          },
          properties: {
            layerId: 'BCNSPP',
            attributes: {
              agen: 65535,
              fidn: 38,
              fids: 3,
              grup: 2,
              bcnshp: 3,
              catspm: [16],
              colour: [1, 3],
              colpat: [2],
              objnam: 'Quillon Rear',
            },
          },
        },
      ],
    },
  },
  getDiagnostics: {
    answer: {
      writtenAt: 1768464015373,
      version: '0.2.0',
      system: {
        node: 'v24.21.0',
        platform: 'linux',
        arch: 'x64',
        cores: 2,
        memoryBytes: 25276510208,
        uptimeSeconds: 13,
      },
      instance: {
        storage: {
          measuredAt: 1768464015312,
          charts: 297822,
          compiled: 658456,
          tiles: 102400,
          uploads: 3085,
          database: 11032255,
          freeDisk: 61605892096,
        },
        database: {
          version: '18.4',
          kind: 'embedded',
          bytes: 11032255,
        },
        processes: [
          {
            name: 'harbour-1',
            host: 'harbour',
            role: 'all',
            version: '0.2.0',
            startedAt: 1768464005563,
            lastSeenAt: 1768464015369,
            memoryBytes: 515887104,
            threads: 2,
            busyThreads: 0,
          },
        ],
        threads: [
          {
            pool: 'cells',
            threads: 0,
            busy: 0,
            queued: 0,
          },
          {
            pool: 'tiles',
            threads: 2,
            busy: 0,
            queued: 0,
          },
        ],
        schedule: [],
        checks: [
          {
            name: 'database',
            state: 'ok',
            message: 'The database answers.',
            action: null,
            checkedAt: 1768464015318,
          },
          {
            name: 'disk',
            state: 'ok',
            message: '61.6 GB of 270.6 GB are free on the disk of the data directory.',
            action: null,
            checkedAt: 1768464015318,
          },
        ],
        settings: [
          {
            name: 'HOST',
            value: '127.0.0.1',
          },
          {
            name: 'PORT',
            value: '9909',
          },
        ],
      },
      jobs: {
        byState: {
          pending: 0,
          running: 0,
          completed: 6,
          failed: 1,
          cancelled: 1,
        },
        lastFailed: [
          {
            id: '0199d5a0-7c2e-7a10-8f3b-00000000000a',
            jobType: 'user-upload',
            createdAt: 1768464009953,
            finishedAt: 1768464010234,
            attempt: 2,
            error: {
              name: 'ZipError',
              message:
                'cut.zip: it is not a zip, or it is truncated: End of central directory record signature not found. Either not a zip file, or file is truncated.',
            },
            log: [
              {
                timestamp: '2026-01-15T08:00:09.989+00:00',
                type: 'error',
                message:
                  'Failed: cut.zip: it is not a zip, or it is truncated: End of central directory record signature not found. Either not a zip file, or file is truncated.',
              },
              {
                timestamp: '2026-01-15T08:00:10.229+00:00',
                type: 'error',
                message:
                  'Failed: cut.zip: it is not a zip, or it is truncated: End of central directory record signature not found. Either not a zip file, or file is truncated.',
              },
            ],
          },
        ],
      },
      log: [
        {
          level: 'warn',
          time: '2026-01-15T08:00:06.317Z',
          msg: 'the administrator still has the default password; change it',
        },
        {
          level: 'warn',
          time: '2026-01-15T08:00:07.827Z',
          jobId: '0199d5a0-7c2e-7a10-8f3b-000000000001',
          jobType: 'delete-user',
          attempt: 1,
          msg: 'job cancelled',
        },
      ],
    },
  },
  getExport: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000012',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000012',
      jobId: '0199d5a0-7c2e-7a10-8f3b-000000000013',
      state: 'completed',
      percentComplete: 100,
      bbox: [-35, 42.9, -34.9, 43],
      minZoom: 8,
      maxZoom: 10,
      kind: 'vector',
      format: 'pmtiles',
      theme: 'day',
      styleId: null,
      tiles: 3,
      fileSize: 6954626,
      fileName: 'charts-42.9N-35.0W-vector.zip',
      creatorEmail: 'admin',
      createdAt: 1768464012585,
      expiresAt: 1769673613737,
    },
  },
  getGlyphs: {
    path: {
      version: '087966216151b99b',
      fontstack: 'Noto Sans Regular',
      range: '0-255',
    },
  },
  getIndex: {
    answer: {
      name: 'Chartroom',
      version: '0.2.0',
      links: {
        openapi: '/api/openapi.json',
        live: '/health/live',
        ready: '/health/ready',
      },
    },
  },
  getInstance: {
    answer: {
      name: 'Chartroom',
      version: '0.2.0',
      defaultPassword: true,
      storage: {
        measuredAt: 1768464015312,
        charts: 297822,
        compiled: 658456,
        tiles: 102400,
        uploads: 3085,
        database: 11032255,
        freeDisk: 61605892096,
      },
      database: {
        version: '18.4',
        kind: 'embedded',
        bytes: 11032255,
      },
      processes: [
        {
          name: 'harbour-1',
          host: 'harbour',
          role: 'all',
          version: '0.2.0',
          startedAt: 1768464005563,
          lastSeenAt: 1768464015309,
          memoryBytes: 515756032,
          threads: 2,
          busyThreads: 0,
        },
      ],
      threads: [
        {
          pool: 'cells',
          threads: 0,
          busy: 0,
          queued: 0,
        },
        {
          pool: 'tiles',
          threads: 2,
          busy: 0,
          queued: 0,
        },
      ],
      schedule: [],
      checks: [
        {
          name: 'database',
          state: 'ok',
          message: 'The database answers.',
          action: null,
          checkedAt: 1768464015318,
        },
        {
          name: 'disk',
          state: 'ok',
          message: '61.6 GB of 270.6 GB are free on the disk of the data directory.',
          action: null,
          checkedAt: 1768464015318,
        },
      ],
      settings: [
        {
          name: 'HOST',
          value: '127.0.0.1',
        },
        {
          name: 'PORT',
          value: '9909',
        },
      ],
    },
  },
  getJob: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000006',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000006',
      parentJobId: null,
      jobType: 'user-upload',
      jobState: 'completed',
      accountId: 1,
      parameters: {
        filename: 'charts.zip',
        uploadId: 2,
      },
      result: {
        cells: 1,
        permits: 0,
        children: {
          failed: 0,
          cancelled: 0,
          completed: 1,
        },
      },
      logs: [
        {
          timestamp: '2026-01-15T08:00:09.139+00:00',
          type: 'info',
          message: 'Reading charts.zip (2.0 kB)',
        },
        {
          timestamp: '2026-01-15T08:00:09.201+00:00',
          type: 'info',
          message: 'Indexing 1 cell with 0 updates',
        },
      ],
      percentComplete: 100,
      priority: 0,
      createdAt: 1768464009118,
      updatedAt: 1768464009673,
      steps: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000008',
          jobId: '0199d5a0-7c2e-7a10-8f3b-000000000006',
          stepName: 'step_unpack',
          status: 'completed',
          startedAt: 1768464009137,
          completedAt: 1768464009203,
          result: {
            cells: 1,
            permits: 0,
          },
          error: null,
          attempt: 1,
        },
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000009',
          jobId: '0199d5a0-7c2e-7a10-8f3b-000000000006',
          stepName: 'step_index_cells',
          status: 'completed',
          startedAt: 1768464009208,
          completedAt: 1768464009673,
          result: null,
          error: null,
          attempt: 1,
        },
      ],
      childJobIds: ['0199d5a0-7c2e-7a10-8f3b-000000000005'],
      error: null,
      startedAt: 1768464009132,
      finishedAt: 1768464009673,
      cancelRequestedAt: null,
      attempt: 1,
      waitingReason: null,
    },
  },
  getJobLog: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-000000000006',
    },
    query: {
      limit: 2,
    },
    answer: {
      logs: [
        {
          seq: 1,
          attempt: 1,
          timestamp: '2026-01-15T08:00:09.139+00:00',
          type: 'info',
          message: 'Reading charts.zip (2.0 kB)',
        },
        {
          seq: 2,
          attempt: 1,
          timestamp: '2026-01-15T08:00:09.201+00:00',
          type: 'info',
          message: 'Indexing 1 cell with 0 updates',
        },
      ],
      nextAfter: 2,
    },
  },
  getJobStatus: {
    answer: {
      activeJobs: 1,
      isEditable: true,
    },
  },
  getLiveness: {
    answer: {
      status: 'ok',
    },
  },
  getMetrics: {},
  getNoaaAgreement: {
    answer: {
      acceptedAt: null,
      acceptedBy: null,
    },
  },
  getOldRasterTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
  },
  getRasterStyle: {
    answer: {
      version: 8,
      sources: {
        'raster-tiles': {
          type: 'raster',
          tiles: ['http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?token=5f0c1d2e3a4b5c6d7e8f901200000008'],
          tileSize: 256,
          attribution:
            'Not official, not for navigation. Charts: Invented demo charts. Land: <a href="https://www.naturalearthdata.com/" target="_blank" rel="noopener">Natural Earth</a>',
        },
      },
      layers: [
        {
          id: 'raster-tiles',
          type: 'raster',
          source: 'raster-tiles',
          minzoom: 0,
          maxzoom: 18,
        },
      ],
    },
  },
  getRasterTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
  },
  getRasterTileJson: {
    answer: {
      tilejson: '3.0.0',
      name: 'enc-raster-v2',
      description: 'Electronic navigational charts as pictures',
      version: '0.2.0',
      attribution:
        'Not official, not for navigation. Charts: Invented demo charts. Land: <a href="https://www.naturalearthdata.com/" target="_blank" rel="noopener">Natural Earth</a>',
      scheme: 'xyz',
      format: 'png',
      tiles: ['http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png'],
      minzoom: 0,
      maxzoom: 22,
      bounds: [-180, -85.0511, 180, 85.0511],
    },
  },
  getReadiness: {
    answer: {
      status: 'ok',
      checks: {
        database: 'ok',
        tiles: 'ok',
      },
    },
  },
  getShorelineTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
    answer: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: {},
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [-34.9539953, 42.9403392],
                [-34.9549985, 42.9405945],
                [-34.9561974, 42.9410422],
                [-34.957501, 42.941482],
                [-34.9539953, 42.9403392],
              ],
            ],
          },
        },
      ],
    },
  },
  getSignalKChart: {
    path: {
      identifier: 'enc-day',
    },
    answer: {
      identifier: 'enc-day',
      name: 'Nautical charts, day',
      description: 'Pictures in the colours for day',
      type: 'tilelayer',
      url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
      format: 'png',
      minzoom: 0,
      maxzoom: 22,
      bounds: [-37, 40, -30, 44.5],
      scale: 12000,
      layers: [],
    },
  },
  getSignalKChartOld: {
    path: {
      identifier: 'enc-day',
    },
    answer: {
      identifier: 'enc-day',
      name: 'Nautical charts, day',
      description: 'Pictures in the colours for day',
      type: 'tilelayer',
      url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
      format: 'png',
      minzoom: 0,
      maxzoom: 22,
      bounds: [-37, 40, -30, 44.5],
      scale: 12000,
      layers: [],
      tilemapUrl: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
      chartLayers: [],
    },
  },
  getSignalKEndpoints: {
    answer: {
      endpoints: {
        v1: {
          version: '1.0.0',
          'signalk-http': 'http://localhost:9909/signalk/v1/api/',
        },
        v2: {
          version: '2.0.0',
          'signalk-http': 'http://localhost:9909/signalk/v2/api/',
        },
      },
      server: {
        id: 'chartroom',
        version: '0.2.0',
      },
    },
  },
  getSprite: {
    path: {
      version: '087966216151b99b',
      file: 'day.json',
    },
    answer: {
      ACHARE02: {
        x: 1142,
        y: 1356,
        width: 16,
        height: 20,
        pixelRatio: 1,
      },
      ACHARE51: {
        x: 386,
        y: 558,
        width: 48,
        height: 58,
        pixelRatio: 1,
      },
    },
  },
  getStyle: {
    answer: {
      version: 8,
      name: 'Chartroom day',
      metadata: {
        'chartroom:theme': 'day',
        'chartroom:depthLimit': 3,
      },
      sources: {
        enc: {
          type: 'vector',
          tiles: ['http://localhost:9909/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt'],
          minzoom: 0,
          maxzoom: 16,
          attribution:
            'Not official, not for navigation. Charts: Invented demo charts. Land: <a href="https://www.naturalearthdata.com/" target="_blank" rel="noopener">Natural Earth</a>',
        },
      },
      sprite: 'http://localhost:9909/api/v1/static/087966216151b99b/sprites/day',
      glyphs: 'http://localhost:9909/api/v1/static/087966216151b99b/glyphs/{fontstack}/{range}.pbf',
      layers: [
        {
          id: 'background',
          type: 'background',
          paint: {
            'background-color': '#93aebb',
          },
          metadata: {
            'chartroom:tokens': ['NODTA'],
          },
        },
        {
          id: 'no_data',
          type: 'background',
          paint: {
            'background-pattern': 'pattern/NODATA03',
          },
          metadata: {
            'chartroom:tokens': [],
          },
        },
      ],
    },
  },
  getUpload: {
    path: {
      id: 2,
    },
    answer: {
      upload: {
        id: 2,
        filename: 'charts.zip',
        fileSize: 1965,
        status: 'succeeded',
        createdAt: 1768464009118,
        updatedAt: 1768464009673,
        uploaderEmail: 'admin',
        totalCharts: 1,
        expiredCharts: 0,
        logs: [
          {
            timestamp: '2026-01-15T08:00:09.139+00:00',
            type: 'info',
            message: 'Reading charts.zip (2.0 kB)',
          },
          {
            timestamp: '2026-01-15T08:00:09.201+00:00',
            type: 'info',
            message: 'Indexing 1 cell with 0 updates',
          },
        ],
      },
    },
  },
  getUser: {
    query: {
      id: 3,
    },
    answer: {
      id: 3,
      email: 'pilot@example.com',
      accountId: 2,
      isAdmin: false,
      createdAt: 1768464007286,
      modifiedAt: 1768464007286,
    },
  },
  getUserPermit: {
    answer: {
      permitId: 'E7506777EF24D968386BFC113130',
    },
  },
  getUserReportDataTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
    answer: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: {
            type: 'Point',
            coordinates: [-34.95, 42.95],
          },
          properties: {
            id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
            reportType: 'hazard',
            upvoteCount: 1,
            downvoteCount: 0,
            isOwner: true,
            label: 'Hazard - 1/15 08:00',
            properties: {
              description: 'Floating log',
            },
          },
        },
      ],
    },
  },
  getUserReportTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
    query: {
      includeBathymetry: 'true',
    },
  },
  getVectorTile: {
    path: {
      z: 13,
      x: 3300,
      y: 3011,
    },
  },
  getVectorTileJson: {
    answer: {
      tilejson: '3.0.0',
      name: 'enc-v2',
      description: 'Electronic navigational charts; docs/tiles.md describes the layers',
      version: '0.2.0',
      attribution:
        'Not official, not for navigation. Charts: Invented demo charts. Land: <a href="https://www.naturalearthdata.com/" target="_blank" rel="noopener">Natural Earth</a>',
      scheme: 'xyz',
      tiles: ['http://localhost:9909/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt'],
      minzoom: 0,
      maxzoom: 16,
      bounds: [-180, -85.0511, 180, 85.0511],
      vector_layers: [
        {
          id: 's57_admare',
          description: 'Administration area (Named)',
          fields: {
            lowAccuracy: 'Boolean',
            JRSDTN: 'Number',
            NATION: 'String',
            NOBJNM: 'String',
            OBJNAM: 'String',
            INFORM: 'String',
            NINFOM: 'String',
            NTXTDS: 'String',
            PICREP: 'String',
            SCAMAX: 'Number',
            SCAMIN: 'Number',
            TXTDSC: 'String',
          },
          minzoom: 0,
          maxzoom: 16,
        },
        {
          id: 's57_airare',
          description: 'Airport / airfield',
          fields: {
            lowAccuracy: 'Boolean',
            CATAIR: 'String',
            CONDTN: 'Number',
            CONVIS: 'Number',
            NOBJNM: 'String',
            OBJNAM: 'String',
            STATUS: 'String',
            INFORM: 'String',
            NINFOM: 'String',
            NTXTDS: 'String',
            PICREP: 'String',
            SCAMAX: 'Number',
            SCAMIN: 'Number',
            TXTDSC: 'String',
          },
          minzoom: 0,
          maxzoom: 16,
        },
      ],
    },
  },
  getWebhook: {
    path: {
      id: 1,
    },
    answer: {
      id: 1,
      url: 'https://hooks.example/chartroom',
      jobStates: ['completed', 'failed'],
      events: ['job.completed', 'job.failed'],
      jobTypes: null,
      active: true,
      createdAt: 1768464014145,
      updatedAt: 1768464014145,
    },
  },
  getWmtsCapabilities: {},
  listAccountApiTokens: {
    query: {
      accountId: 2,
    },
    answer: [
      {
        id: '5f0c1d2e3a4b5c6d7e8f901200000005',
        name: 'Plotter',
        userId: 3,
        userEmail: 'pilots@example.com',
        createdAt: 1768464007351,
        lastUsedAt: null,
        restrictions: null,
        accountId: 2,
      },
      {
        id: '5f0c1d2e3a4b5c6d7e8f901200000004',
        name: 'Default',
        userId: 3,
        userEmail: 'pilots@example.com',
        createdAt: 1768464007286,
        lastUsedAt: null,
        restrictions: null,
        accountId: 2,
      },
    ],
  },
  listAccountUsage: {
    answer: [
      {
        accountId: 1,
        users: 1,
        tokens: 0,
        uploads: 0,
        charts: 0,
        styles: 0,
        webhooks: 0,
        exports: 0,
        uploadBytes: 0,
        exportBytes: 0,
      },
      {
        accountId: 2,
        users: 2,
        tokens: 2,
        uploads: 0,
        charts: 0,
        styles: 0,
        webhooks: 0,
        exports: 0,
        uploadBytes: 0,
        exportBytes: 0,
      },
    ],
  },
  listAccounts: {
    answer: [
      {
        id: 1,
        name: 'Default',
        planInstance: 'oem',
        metadata: {},
        createdAt: 1768464006308,
      },
      {
        id: 2,
        name: 'Harbour',
        planInstance: 'oem',
        metadata: {},
        createdAt: 1768464007229,
      },
    ],
  },
  listApiTokens: {
    answer: [
      {
        id: '5f0c1d2e3a4b5c6d7e8f901200000002',
        name: 'Production Token',
        userId: 1,
        userEmail: 'admin',
        createdAt: 1768464007176,
        lastUsedAt: null,
        restrictions: {
          hosts: ['example.com'],
        },
      },
    ],
  },
  listAttributions: {
    answer: [
      {
        id: 'invented',
        shortDescription: 'Invented demo charts',
        longDescription:
          'Charts of a coast that does not exist, made up for demonstrations and tests. They must not be used for navigation.',
        dataSourcedAt: 1773619200000,
        dataProcessedAt: 1768464008556,
      },
      {
        id: 'basemap',
        shortDescription: 'Natural Earth',
        longDescription: 'Land where no chart covers: Natural Earth, in the public domain.',
        dataSourcedAt: 1526860800000,
        dataProcessedAt: 1526860800000,
        sourceUrl: 'https://www.naturalearthdata.com/',
      },
    ],
  },
  listBathymetry: {
    query: {
      limit: 1,
    },
    answer: {
      tracks: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000011',
          platform: {
            uniqueId: 'vessel-1',
            name: 'Anna',
            type: 'sailing yacht',
          },
          metadata: {
            providerContactPoint: {
              orgName: 'Harbour office',
              logger: 'plotter',
              loggerVersion: '2.1',
            },
            depthUnits: 'meters',
            timeUnits: 'ISO 8601',
            convention: 'CSB 2.0',
            min_depth: 5.2,
            max_depth: 5.4,
            length_m: 111.09177184554684,
          },
          externalUserId: null,
          namespace: 'public',
          pointCount: 2,
          startTime: 1768492800000,
          endTime: 1768492860000,
          createdAt: 1768464012162,
          updatedAt: 1768464012162,
        },
      ],
      total: 1,
      limit: 1,
      offset: 0,
    },
  },
  listCellCoverages: {
    query: {
      bbox: '-35,42.9,-34.8,43',
      limit: 1,
    },
    answer: {
      cells: [
        {
          id: '8db5cd55-4e96-5191-b7b0-b940646ad110',
          name: 'XX2DEMOA',
          title: 'Isle of Marrow and outlying islands (invented)',
          edition: 3,
          update: 0,
          issueDate: '2026-02-02',
          updateDate: '2026-02-02',
          usageBand: 2,
          compilationScale: 700000,
          isPublic: true,
          bbox: [-37, 41.5, -33, 44.5],
          coverage: {
            type: 'MultiPolygon',
            coordinates: [
              [
                [
                  [-37, 41.5],
                  [-33, 41.5],
                  [-33, 44.5],
                  [-37, 44.5],
                  [-37, 41.5],
                ],
              ],
            ],
          },
        },
      ],
      pagination: {
        limit: 1,
        nextCursor: 'cHVibGljIFhYMkRFTU9B',
      },
    },
  },
  listCells: {
    query: {
      limit: 2,
    },
    answer: {
      cells: [
        {
          name: 'XX2DEMOA',
          title: 'Isle of Marrow and outlying islands (invented)',
          source: 'noaa',
          uploadId: null,
          standard: 's57',
          edition: 3,
          update: 0,
          issueDate: '2026-02-02',
          updateDate: '2026-02-02',
          usageBand: 2,
          scale: 700000,
          bbox: [-37, 41.5, -33, 44.5],
          upToDate: true,
          featureCount: 90,
          files: [],
          indexedAt: 1768464008215,
        },
        {
          name: 'XX3DEMOA',
          title: 'Isle of Marrow (invented)',
          source: 'noaa',
          uploadId: null,
          standard: 's57',
          edition: 3,
          update: 0,
          issueDate: '2026-02-02',
          updateDate: '2026-02-02',
          usageBand: 3,
          scale: 90000,
          bbox: [-35.35, 42.78, -34.65, 43.22],
          upToDate: true,
          featureCount: 459,
          files: [],
          indexedAt: 1768464008400,
        },
      ],
      pagination: {
        limit: 2,
        offset: 0,
        total: 6,
      },
    },
  },
  listExports: {
    answer: {
      exports: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000012',
          jobId: '0199d5a0-7c2e-7a10-8f3b-000000000013',
          state: 'completed',
          percentComplete: 100,
          bbox: [-35, 42.9, -34.9, 43],
          minZoom: 8,
          maxZoom: 10,
          kind: 'vector',
          format: 'pmtiles',
          theme: 'day',
          styleId: null,
          tiles: 3,
          fileSize: 6954626,
          fileName: 'charts-42.9N-35.0W-vector.zip',
          creatorEmail: 'admin',
          createdAt: 1768464012585,
          expiresAt: 1769673613737,
        },
      ],
    },
  },
  listJobs: {
    query: {
      limit: 2,
    },
    answer: {
      jobs: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000005',
          parentJobId: '0199d5a0-7c2e-7a10-8f3b-000000000006',
          jobType: 'index-custom-encs',
          jobState: 'completed',
          accountId: 1,
          parameters: {
            cells: ['XX5SAMPL'],
            filename: 'charts.zip',
            uploadId: 2,
          },
          result: {
            indexed: 1,
            waiting: 0,
            cancelled: 0,
          },
          logs: [
            {
              timestamp: '2026-01-15T08:00:09.605+00:00',
              type: 'info',
              message: 'XX5SAMPL indexed: edition 1, update 0, 1:12,000, 9 features',
            },
          ],
          percentComplete: 100,
          priority: 0,
          createdAt: 1768464009230,
          updatedAt: 1768464009667,
          steps: [
            {
              id: '0199d5a0-7c2e-7a10-8f3b-000000000007',
              jobId: '0199d5a0-7c2e-7a10-8f3b-000000000005',
              stepName: 'step_index_cells',
              status: 'completed',
              startedAt: 1768464009258,
              completedAt: 1768464009664,
              result: {
                indexed: 1,
                waiting: 0,
                cancelled: 0,
              },
              error: null,
              attempt: 1,
            },
          ],
        },
        {
          id: '0199d5a0-7c2e-7a10-8f3b-000000000006',
          parentJobId: null,
          jobType: 'user-upload',
          jobState: 'completed',
          accountId: 1,
          parameters: {
            filename: 'charts.zip',
            uploadId: 2,
          },
          result: {
            cells: 1,
            permits: 0,
            children: {
              failed: 0,
              cancelled: 0,
              completed: 1,
            },
          },
          logs: [
            {
              timestamp: '2026-01-15T08:00:09.139+00:00',
              type: 'info',
              message: 'Reading charts.zip (2.0 kB)',
            },
            {
              timestamp: '2026-01-15T08:00:09.201+00:00',
              type: 'info',
              message: 'Indexing 1 cell with 0 updates',
            },
          ],
          percentComplete: 100,
          priority: 0,
          createdAt: 1768464009118,
          updatedAt: 1768464009673,
          steps: [
            {
              id: '0199d5a0-7c2e-7a10-8f3b-000000000008',
              jobId: '0199d5a0-7c2e-7a10-8f3b-000000000006',
              stepName: 'step_unpack',
              status: 'completed',
              startedAt: 1768464009137,
              completedAt: 1768464009203,
              result: {
                cells: 1,
                permits: 0,
              },
              error: null,
              attempt: 1,
            },
            {
              id: '0199d5a0-7c2e-7a10-8f3b-000000000009',
              jobId: '0199d5a0-7c2e-7a10-8f3b-000000000006',
              stepName: 'step_index_cells',
              status: 'completed',
              startedAt: 1768464009208,
              completedAt: 1768464009673,
              result: null,
              error: null,
              attempt: 1,
            },
          ],
        },
      ],
      pagination: {
        limit: 2,
        offset: 0,
        total: 5,
      },
    },
  },
  listJobsCloud: {
    answer: [
      {
        id: '0199d5a0-7c2e-7a10-8f3b-000000000005',
        job_type: 'index-custom-encs',
        job_state: 'completed',
        parameters: {
          cells: ['XX5SAMPL'],
          filename: 'charts.zip',
          uploadId: 2,
        },
        percent_complete: 100,
        created_at: 1768464009230,
        updated_at: 1768464009667,
      },
      {
        id: '0199d5a0-7c2e-7a10-8f3b-000000000006',
        job_type: 'user-upload',
        job_state: 'completed',
        parameters: {
          filename: 'charts.zip',
          uploadId: 2,
        },
        percent_complete: 100,
        created_at: 1768464009118,
        updated_at: 1768464009673,
      },
    ],
  },
  listPermits: {
    answer: {
      permits: [
        {
          cell: 'XX5SECRT',
          expires: '2099-12-31',
          expired: false,
          dataServer: 'XX',
          uploadId: 1,
        },
      ],
      pagination: {
        limit: 100,
        offset: 0,
        total: 1,
      },
    },
  },
  listPublicFailures: {
    answer: {
      failures: [],
      pagination: {
        limit: 100,
        offset: 0,
        total: 0,
      },
    },
  },
  listSessions: {
    answer: [
      {
        id: '5f0c1d2e3a4b5c6d7e8f901200000006',
        createdAt: 1768464007425,
        lastUsedAt: null,
        userAgent: 'node',
        current: false,
      },
      {
        id: '5f0c1d2e3a4b5c6d7e8f901200000007',
        createdAt: 1768464007412,
        lastUsedAt: 1768464007430,
        userAgent: 'node',
        current: true,
      },
    ],
  },
  listSignalKCharts: {
    answer: {
      'enc-day': {
        identifier: 'enc-day',
        name: 'Nautical charts, day',
        description: 'Pictures in the colours for day',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
      },
      'enc-dusk': {
        identifier: 'enc-dusk',
        name: 'Nautical charts, dusk',
        description: 'Pictures in the colours for dusk',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=dusk',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
      },
      'enc-night': {
        identifier: 'enc-night',
        name: 'Nautical charts, night',
        description: 'Pictures in the colours for night',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=night',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
      },
      'enc-vector': {
        identifier: 'enc-vector',
        name: 'Nautical charts, vector',
        description: 'Vector tiles with their style document; the client draws them',
        type: 'mapstyleJSON',
        url: 'http://localhost:9909/api/v1/styles/base.json',
        format: 'pbf',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
      },
      'enc-tilejson': {
        identifier: 'enc-tilejson',
        name: 'Nautical charts, TileJSON',
        description: 'Pictures by way of their TileJSON',
        type: 'tileJSON',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2.json',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
      },
      'enc-wmts': {
        identifier: 'enc-wmts',
        name: 'Nautical charts, WMTS',
        description: 'Pictures by way of WMTS capabilities',
        type: 'WMTS',
        url: 'http://localhost:9909/api/v1/wmts',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: ['enc-raster-v2'],
      },
    },
  },
  listSignalKChartsOld: {
    answer: {
      'enc-day': {
        identifier: 'enc-day',
        name: 'Nautical charts, day',
        description: 'Pictures in the colours for day',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
        tilemapUrl: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=day',
        chartLayers: [],
      },
      'enc-dusk': {
        identifier: 'enc-dusk',
        name: 'Nautical charts, dusk',
        description: 'Pictures in the colours for dusk',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=dusk',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
        tilemapUrl: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=dusk',
        chartLayers: [],
      },
      'enc-night': {
        identifier: 'enc-night',
        name: 'Nautical charts, night',
        description: 'Pictures in the colours for night',
        type: 'tilelayer',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=night',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
        tilemapUrl: 'http://localhost:9909/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?theme=night',
        chartLayers: [],
      },
      'enc-vector': {
        identifier: 'enc-vector',
        name: 'Nautical charts, vector',
        description: 'Vector tiles with their style document; the client draws them',
        type: 'mapstyleJSON',
        url: 'http://localhost:9909/api/v1/styles/base.json',
        format: 'pbf',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
        tilemapUrl: 'http://localhost:9909/api/v1/styles/base.json',
        chartLayers: [],
      },
      'enc-tilejson': {
        identifier: 'enc-tilejson',
        name: 'Nautical charts, TileJSON',
        description: 'Pictures by way of their TileJSON',
        type: 'tileJSON',
        url: 'http://localhost:9909/api/v2/tiles/enc-raster-v2.json',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: [],
        tilemapUrl: 'http://localhost:9909/api/v2/tiles/enc-raster-v2.json',
        chartLayers: [],
      },
      'enc-wmts': {
        identifier: 'enc-wmts',
        name: 'Nautical charts, WMTS',
        description: 'Pictures by way of WMTS capabilities',
        type: 'WMTS',
        url: 'http://localhost:9909/api/v1/wmts',
        format: 'png',
        minzoom: 0,
        maxzoom: 22,
        bounds: [-37, 40, -30, 44.5],
        scale: 12000,
        layers: ['enc-raster-v2'],
        tilemapUrl: 'http://localhost:9909/api/v1/wmts',
        chartLayers: ['enc-raster-v2'],
      },
    },
  },
  listStyleSlots: {
    answer: [
      {
        slot: 'DEPDW',
        group: 'Water',
        description: 'Deep water, from the deep contour on',
        day: '#c9edff',
        dusk: '#000000',
        night: '#000000',
        layers: [
          's57_depare',
          's57_drgare',
          's57_newobj',
          's57_soundg',
          's57_obstrn_6',
          's57_uwtroc',
          's57_wrecks_2',
          's57_depcnt_5',
        ],
      },
      {
        slot: 'DEPMD',
        group: 'Water',
        description: 'Between the safety contour and the deep contour',
        day: '#a7d9fb',
        dusk: '#0f1b21',
        night: '#03070a',
        layers: ['s57_depare', 's57_drgare', 's57_newobj'],
      },
    ],
  },
  listStyles: {
    answer: [
      {
        id: 1,
        name: 'Vessel map',
        userEmail: 'admin',
        createdAt: 1768464012338,
        updatedAt: 1768464012338,
        parameters: {
          colors: {
            CHBLK: '#000000',
            CHBRN: '#a19653',
          },
          settings: {
            theme: 'day',
            iconSet: 'enc-day',
            twoShades: false,
            depthLimit: 3,
            depthUnits: 'meters',
            hideLayers: [],
            showLayers: [],
            showNoData: true,
            attribution: '',
            maskLandAreas: false,
            showOverscale: true,
            showSatellite: false,
            areaBoundaries: 'symbolized',
            shallowPattern: false,
            showPlaceNames: true,
            isolatedShallow: false,
            showLowAccuracy: false,
            showUserReports: false,
            soundingOpacity: 1,
            showLightSectors: true,
            roundOffSoundings: false,
            showEncBoundaries: false,
            showFullSectorLegs: false,
            showMaritimeBoundaries: false,
          },
        },
      },
    ],
  },
  listUploadCells: {
    path: {
      id: 2,
    },
    answer: {
      cells: [
        {
          name: 'XX5SAMPL',
          title: null,
          status: 'indexed',
          standard: 's57',
          edition: 1,
          update: 0,
          issueDate: '2026-01-01',
          updateDate: '2026-01-01',
          usageBand: 5,
          scale: 12000,
          bbox: [-30.1, 40, -30, 40.1],
          upToDate: true,
          featureCount: 9,
          features: {
            BOYLAT: 1,
            DEPARE: 2,
            DEPCNT: 1,
            LIGHTS: 1,
            LNDARE: 1,
            M_COVR: 1,
            SOUNDG: 1,
            WRECKS: 1,
          },
          encrypted: false,
          decryptResult: null,
          permitExpires: null,
          visible: true,
          displacedBy: null,
          warnings: [],
          errors: [],
        },
      ],
      pagination: {
        limit: 100,
        offset: 0,
        total: 1,
      },
    },
  },
  listUploads: {
    query: {
      limit: 1,
    },
    answer: {
      uploads: [
        {
          id: 2,
          filename: 'charts.zip',
          fileSize: 1965,
          status: 'succeeded',
          createdAt: 1768464009118,
          updatedAt: 1768464009673,
          uploaderEmail: 'admin',
          totalCharts: 1,
          expiredCharts: 0,
          logs: [
            {
              timestamp: '2026-01-15T08:00:09.139+00:00',
              type: 'info',
              message: 'Reading charts.zip (2.0 kB)',
            },
            {
              timestamp: '2026-01-15T08:00:09.201+00:00',
              type: 'info',
              message: 'Indexing 1 cell with 0 updates',
            },
          ],
        },
      ],
      pagination: {
        limit: 1,
        offset: 0,
      },
    },
  },
  listUserReports: {
    query: {
      limit: 1,
    },
    answer: {
      reports: [
        {
          id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
          reportType: 'hazard',
          latitude: 42.95,
          longitude: -34.95,
          properties: {
            description: 'Floating log',
          },
          upvoteCount: 1,
          downvoteCount: 0,
          isOwner: true,
          externalUserId: null,
          namespace: 'public',
          createdAt: 1768464012096,
          updatedAt: 1768464012101,
          expiredAt: null,
          deletedAt: null,
        },
      ],
      total: 1,
      limit: 1,
      offset: 0,
    },
  },
  listUsers: {
    answer: [
      {
        id: 1,
        email: 'admin',
        accountId: 1,
        isAdmin: true,
        createdAt: 1768464006308,
      },
      {
        id: 2,
        email: 'harbour@example.com',
        accountId: 2,
        isAdmin: false,
        createdAt: 1768464007230,
      },
    ],
  },
  listWebhookDeliveries: {
    path: {
      id: 1,
    },
    query: {
      limit: 1,
    },
    answer: {
      deliveries: [
        {
          id: '0199d5a0-7c2e-4a10-8f3b-000000000014',
          event: 'test',
          jobId: null,
          state: 'pending',
          attempts: 1,
          createdAt: 1768464014190,
          nextAttemptAt: 1768464024896,
          endedAt: null,
          status: null,
          error: 'The receiver could not be reached: its name is not known (ENOTFOUND).',
          milliseconds: 17,
          words:
            'The receiver could not be reached: its name is not known (ENOTFOUND). 1 attempt so far. It is sent again at 2026-01-15 08:00:24 UTC.',
        },
      ],
    },
  },
  listWebhooks: {
    answer: [
      {
        id: 1,
        url: 'https://hooks.example/chartroom',
        jobStates: ['completed', 'failed'],
        events: ['job.completed', 'job.failed'],
        jobTypes: null,
        active: true,
        createdAt: 1768464014145,
        updatedAt: 1768464014145,
      },
    ],
  },
  login: {
    body: {
      username: 'admin',
      password: 'admin',
    },
    answer: {
      token: {
        id: '5f0c1d2e3a4b5c6d7e8f901200000001',
        userId: 1,
      },
      user: {
        userId: 1,
        username: 'admin',
        isAdmin: true,
        isAccountOwner: false,
        account: {
          id: 1,
          name: 'Default',
        },
      },
    },
  },
  logout: {},
  previewStyle: {
    body: {
      theme: 'night',
      parameters: {
        colors: {
          LANDA: '#d8c98f',
        },
        settings: {
          iconSet: 'enc-day',
          soundingOpacity: 0.5,
          showLightSectors: true,
        },
      },
    },
    answer: {
      version: 8,
      name: 'Chartroom night',
      metadata: {
        'chartroom:theme': 'night',
        'chartroom:depthLimit': 3,
      },
      sources: {
        enc: {
          type: 'vector',
          tiles: ['http://localhost:9909/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt'],
          minzoom: 0,
          maxzoom: 16,
          attribution:
            'Not official, not for navigation. Charts: Invented demo charts. Land: <a href="https://www.naturalearthdata.com/" target="_blank" rel="noopener">Natural Earth</a>',
        },
      },
      sprite: 'http://localhost:9909/api/v1/styles/sprites/087966216151b99b/night?colours=LANDA-d8c98f',
      glyphs: 'http://localhost:9909/api/v1/static/087966216151b99b/glyphs/{fontstack}/{range}.pbf',
      layers: [
        {
          id: 'background',
          type: 'background',
          paint: {
            'background-color': '#171e21',
          },
          metadata: {
            'chartroom:tokens': ['NODTA'],
          },
        },
        {
          id: 'no_data',
          type: 'background',
          paint: {
            'background-pattern': 'pattern/NODATA03',
          },
          metadata: {
            'chartroom:tokens': [],
          },
        },
      ],
    },
  },
  previewUploadDeletion: {
    path: {
      id: 2,
    },
    answer: {
      cells: [
        {
          name: 'XX5SAMPL',
          after: 'removed',
          uploadId: null,
        },
      ],
    },
  },
  queryDepths: {
    body: {
      line: [
        [-34.95, 42.95],
        [-34.94, 42.95],
      ],
      withinMetres: 50,
    },
    answer: {
      length: 816.1,
      samples: [
        {
          distance: 0,
          until: 19.9,
          position: [-34.95, 42.95],
          shoalest: 5,
          deepest: 10,
          unknowns: [],
          source: {
            cell: 'XX5DEMOA',
            edition: 3,
            update: 0,
            scale: 12000,
            quality: 'B (no full search, positions within 50 m)',
          },
        },
        {
          distance: 19.9,
          until: 39.8,
          position: [-34.9497561, 42.95],
          shoalest: 5,
          deepest: 10,
          unknowns: [],
          source: {
            cell: 'XX5DEMOA',
            edition: 3,
            update: 0,
            scale: 12000,
            quality: 'B (no full search, positions within 50 m)',
          },
        },
      ],
      dangers: [],
      gaps: [],
      shoalest: {
        depth: 5,
        distance: 0,
        position: [-34.95, 42.95],
        source: {
          cell: 'XX5DEMOA',
          edition: 3,
          update: 0,
          scale: 12000,
          quality: 'B (no full search, positions within 50 m)',
        },
      },
    },
  },
  queryFeatures: {
    body: {
      position: {
        longitude: -34.95,
        latitude: 42.95,
      },
      radius: 1000,
      zoom: 14,
    },
    answer: {
      results: [
        {
          id: '920dc6a0-622f-51bc-b863-1d8d705bc61d',
          parentId: '6b17e948-1340-5d5e-b377-d936571c49aa',
          parentCellName: 'XX5DEMOA',
          layerId: 'TOPMAR',
          layerName: 'Top mark',
          position: [42.9508453, -34.9539444],
          geometry: {
            type: 'Point',
            coordinates: [-34.9539444, 42.9508453],
          },
          attributes: {},
          rawAttributes: {
            topshp: 1,
            colour: [4],
            scamin: 44999,
          },
          bbox: [
            [-34.953944, 42.9508453],
            [-34.953944, 42.9508453],
          ],
        },
        {
          id: 'c50d3c15-8956-5ea6-a60d-f1efd9f2174c',
          parentId: '6b17e948-1340-5d5e-b377-d936571c49aa',
          parentCellName: 'XX5DEMOA',
          layerId: 'BOYLAT',
          layerName: 'Buoy, lateral',
          position: [42.9508453, -34.9539444],
          geometry: {
            type: 'Point',
            coordinates: [-34.9539444, 42.9508453],
          },
          attributes: {
            objectName: 'Quillon No 27',
          },
          rawAttributes: {
            boyshp: 1,
            catlam: 2,
            colour: [4],
            objnam: 'Quillon No 27',
            scamin: 59999,
          },
          bbox: [
            [-34.953944, 42.9508453],
            [-34.953944, 42.9508453],
          ],
        },
      ],
    },
  },
  refreshChartsCloud: {
    answer: {
      jobId: '0199d5a0-7c2e-7a10-8f3b-00000000000d',
      jobState: 'pending',
    },
  },
  retryJob: {
    path: {
      id: '0199d5a0-7c2e-7a10-8f3b-00000000000a',
    },
    body: {
      fromStep: 'step_unpack',
    },
    answer: {
      id: '0199d5a0-7c2e-7a10-8f3b-00000000000a',
      parentJobId: null,
      jobType: 'user-upload',
      jobState: 'running',
      accountId: 1,
      parameters: {
        filename: 'cut.zip',
        uploadId: 3,
      },
      result: null,
      logs: [
        {
          timestamp: '2026-01-15T08:00:09.980+00:00',
          type: 'info',
          message: 'Reading cut.zip (1.0 kB)',
        },
        {
          timestamp: '2026-01-15T08:00:09.989+00:00',
          type: 'error',
          message:
            'Failed: cut.zip: it is not a zip, or it is truncated: End of central directory record signature not found. Either not a zip file, or file is truncated.',
        },
      ],
      percentComplete: 0,
      priority: 0,
      createdAt: 1768464009953,
      updatedAt: 1768464010209,
      steps: [
        {
          id: '0199d5a0-7c2e-7a10-8f3b-00000000000b',
          jobId: '0199d5a0-7c2e-7a10-8f3b-00000000000a',
          stepName: 'step_unpack',
          status: 'pending',
          startedAt: null,
          completedAt: null,
          result: null,
          error: null,
          attempt: 1,
        },
        {
          id: '0199d5a0-7c2e-7a10-8f3b-00000000000c',
          jobId: '0199d5a0-7c2e-7a10-8f3b-00000000000a',
          stepName: 'step_index_cells',
          status: 'pending',
          startedAt: null,
          completedAt: null,
          result: null,
          error: null,
          attempt: 0,
        },
      ],
      childJobIds: [],
      error: null,
      startedAt: 1768464009963,
      finishedAt: null,
      cancelRequestedAt: null,
      attempt: 2,
      waitingReason: null,
    },
  },
  rotateWebhookSecret: {
    path: {
      id: 1,
    },
    answer: {
      id: 1,
      url: 'https://hooks.example/chartroom',
      jobStates: ['completed', 'failed'],
      events: ['job.completed', 'job.failed'],
      jobTypes: ['refresh-public-charts'],
      active: true,
      createdAt: 1768464014145,
      updatedAt: 1768464014185,
      secret: 'whsec_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0LiE=',
    },
  },
  showApiReference: {},
  testWebhook: {
    path: {
      id: 1,
    },
    answer: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000014',
      event: 'test',
      jobId: null,
      state: 'pending',
      attempts: 0,
      createdAt: 1768464014190,
      nextAttemptAt: 1768464014190,
      endedAt: null,
      status: null,
      error: null,
      milliseconds: null,
      words: 'It waits to be sent.',
    },
  },
  updateApiToken: {
    path: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000002',
    },
    body: {
      name: 'Web page',
    },
    answer: {
      id: '5f0c1d2e3a4b5c6d7e8f901200000002',
      name: 'Web page',
      userId: 1,
      userEmail: 'admin',
      createdAt: 1768464007176,
      lastUsedAt: null,
      restrictions: {
        hosts: ['example.com'],
      },
    },
  },
  updateStyle: {
    path: {
      id: 1,
    },
    body: {
      parameters: {
        colors: {
          LANDA: '#d8c98f',
        },
        settings: {
          iconSet: 'enc-day',
          soundingOpacity: 0.5,
          showLightSectors: true,
        },
      },
    },
    answer: {
      id: 1,
      name: 'Vessel map',
      userEmail: 'admin',
      createdAt: 1768464012338,
      updatedAt: 1768464012395,
      parameters: {
        colors: {
          LANDA: '#d8c98f',
        },
        settings: {
          iconSet: 'enc-day',
          soundingOpacity: 0.5,
          showLightSectors: true,
        },
      },
    },
  },
  updateWebhook: {
    path: {
      id: 1,
    },
    body: {
      jobTypes: ['refresh-public-charts'],
    },
    answer: {
      id: 1,
      url: 'https://hooks.example/chartroom',
      jobStates: ['completed', 'failed'],
      events: ['job.completed', 'job.failed'],
      jobTypes: ['refresh-public-charts'],
      active: true,
      createdAt: 1768464014145,
      updatedAt: 1768464014175,
    },
  },
  uploadCharts: {
    answer: {
      upload: {
        id: 2,
        filename: 'charts.zip',
        fileSize: 1965,
        status: 'pending',
      },
    },
  },
  uploadChartsCloud: {
    answer: {
      upload: {
        id: '0199d5a0-7c2e-7a10-8f3b-000000000004',
        filename: 'PERMIT.TXT',
        fileSize: 120,
        status: 'pending',
      },
    },
  },
  voteOnUserReport: {
    path: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
    },
    body: {
      vote: 'valid',
    },
    answer: {
      id: '0199d5a0-7c2e-4a10-8f3b-000000000010',
      reportType: 'hazard',
      latitude: 42.95,
      longitude: -34.95,
      properties: {
        description: 'Floating log',
      },
      upvoteCount: 1,
      downvoteCount: 0,
      isOwner: true,
      externalUserId: null,
      namespace: 'public',
      createdAt: 1768464012096,
      updatedAt: 1768464012101,
      expiredAt: null,
      deletedAt: null,
    },
  },
  whoami: {
    answer: {
      userId: 1,
      username: 'admin',
      isAdmin: true,
      isAccountOwner: false,
      account: {
        id: 1,
        name: 'Default',
      },
    },
  },
}
