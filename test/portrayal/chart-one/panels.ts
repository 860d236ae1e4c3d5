import { area, box, HEIGHT, line, type Panel, point, type Sketch, type Spot, soundings, WIDTH, water } from './panel.ts'

/** One object per value, in rows. */
function row<T>(values: readonly T[], y: number, draw: (value: T, at: Spot) => Sketch | Sketch[]): Sketch[] {
  const step = WIDTH / (values.length + 1)
  return values.flatMap((value, i) => draw(value, [step * (i + 1), y]))
}

const coast: Spot[] = [
  [0, 200],
  [120, 170],
  [260, 190],
  [360, 150],
  [WIDTH, 180],
]
const bottom: Spot[] = [
  [WIDTH, HEIGHT],
  [0, HEIGHT],
]

const coastAndLand: Panel = {
  name: 'Coast and land',
  sketches: [
    area('DEPARE', [[0, 0], ...coast, [WIDTH, 0]], { DRVAL1: 5, DRVAL2: 10 }),
    area('LNDARE', [...coast, ...bottom]),
    line('COALNE', coast, { CATCOA: 3 }),
    box('BUAARE', [180, 230], [80, 60], { OBJNAM: 'Town' }),
    point('LNDRGN', [60, 260], { OBJNAM: 'Land region' }),
    box('VEGATN', [300, 210], [70, 60], { CATVEG: 3 }),
    box('LAKARE', [390, 230], [60, 40]),
    line('RIVERS', [
      [420, 230],
      [400, 165],
    ]),
    line(
      'ROADWY',
      [
        [0, 300],
        [200, 280],
        [470, 300],
      ],
      { CATROD: 1 },
    ),
    line('RAILWY', [
      [0, 225],
      [170, 240],
      [290, 310],
    ]),
    point('LNDELV', [130, 290], { ELEVAT: 132 }),
  ],
}

const depths = [-2, 0, 2, 5, 10, 20, 30, 50]
const depthsAndContours: Panel = {
  name: 'Depths and contours',
  sketches: depths.flatMap((depth, i) => {
    const x = (i * WIDTH) / depths.length
    const next = depths[i + 1]
    const edge: Spot[] = [
      [x, HEIGHT],
      [x, 0],
    ]
    return [
      box('DEPARE', [x, 0], [WIDTH / depths.length, HEIGHT], {
        DRVAL1: depth,
        ...(next === undefined ? { DRVAL2: 100 } : { DRVAL2: next }),
      }),
      ...(i === 0 ? [] : [line('DEPCNT', edge, { VALDCO: depth })]),
      ...(i === 3 ? [box('DRGARE', [x + 10, 200], [40, 60], { DRVAL1: 6.2, RESTRN: '1' })] : []),
    ]
  }),
}

const soundingsPanel: Panel = {
  name: 'Soundings',
  sketches: [
    water,
    soundings(
      [-1.4, 0, 0.7, 1.9, 2.9, 3, 3.1, 7, 9.9, 10, 15.8, 30.9, 31.4, 99, 1234].map((depth, i) => [
        60 + (i % 5) * 90,
        80 + Math.floor(i / 5) * 80,
        depth,
      ]),
    ),
  ],
}

const dangers: Panel = {
  name: 'Dangers',
  sketches: [
    water,
    ...row([1, 2, 3, 4, 5], 80, (WATLEV, at) => point('OBSTRN', at, { WATLEV, VALSOU: WATLEV })),
    ...row(['1', '2', '5', '6', '7', '10'], 150, (CATOBS, at) => point('OBSTRN', at, { CATOBS, WATLEV: 3 })),
    box('OBSTRN', [60, 210], [80, 60], { VALSOU: 1.5, WATLEV: 3 }),
    box('OBSTRN', [200, 210], [80, 60], { CATOBS: 6, WATLEV: 3 }),
    box('FSHFAC', [340, 210], [80, 60], { CATFIF: 2 }),
  ],
}

const wrecksAndRocks: Panel = {
  name: 'Wrecks and rocks',
  sketches: [
    water,
    ...row([1, 2, 3, 4, 5], 80, (CATWRK, at) => point('WRECKS', at, { CATWRK, WATLEV: 3 })),
    ...row([1.2, 6, 15, 35], 140, (VALSOU, at) => point('WRECKS', at, { VALSOU, WATLEV: 3, CATWRK: 1 })),
    ...row([3, 4, 5], 200, (WATLEV, at) => point('UWTROC', at, { WATLEV })),
    ...row([0.5, 4, 18], 250, (VALSOU, at) => point('UWTROC', at, { WATLEV: 3, VALSOU })),
  ],
}

const lateral = [
  [1, 1, '4', 1],
  [2, 2, '3', 1],
  [4, 3, '4,3,4', 1],
  [5, 4, '3,4,3', 1],
] as const
const cardinal = [
  [1, '2,6'],
  [2, '2,6,2'],
  [3, '6,2'],
  [4, '6,2,6'],
] as const
const buoys: Panel = {
  name: 'Buoys',
  sketches: [
    water,
    ...row(lateral, 90, ([BOYSHP, CATLAM, COLOUR], at) =>
      point('BOYLAT', at, { BOYSHP, CATLAM, COLOUR, OBJNAM: `Buoy ${CATLAM}`, ...(COLOUR.length > 1 ? { COLPAT: '1' } : {}) }),
    ),
    ...row(cardinal, 170, ([CATCAM, COLOUR], at) => point('BOYCAR', at, { BOYSHP: 4, CATCAM, COLOUR, COLPAT: '1' })),
    ...row([3, 4], 250, (BOYSHP, at) => point('BOYSAW', [at[0] / 2, at[1]], { BOYSHP, COLOUR: '3,1', COLPAT: '2' })),
    point('BOYISD', [260, 250], { BOYSHP: 4, COLOUR: '2,3,2', COLPAT: '1' }),
    point('BOYSPP', [330, 250], { BOYSHP: 2, COLOUR: '6', CATSPM: '27' }),
    point('BOYINB', [400, 250], { BOYSHP: 7, COLOUR: '6' }),
  ],
}

const beacons: Panel = {
  name: 'Beacons and daymarks',
  sketches: [
    water,
    ...row([1, 2, 3, 4, 5, 7], 90, (BCNSHP, at) => point('BCNLAT', at, { BCNSHP, CATLAM: 1, COLOUR: '4' })),
    ...row(cardinal, 170, ([CATCAM, COLOUR], at) => point('BCNCAR', at, { BCNSHP: 1, CATCAM, COLOUR, COLPAT: '1' })),
    ...row([6, 7, 12, 19, 24, 25], 250, (TOPSHP, at) => point('DAYMAR', at, { TOPSHP, COLOUR: TOPSHP % 2 === 0 ? '3' : '4' })),
  ],
}

const lights: Panel = {
  name: 'Lights',
  sketches: [
    water,
    ...row(['1', '3', '4', '6'], 70, (COLOUR, at) => point('LIGHTS', at, { COLOUR, LITCHR: 2, SIGGRP: '(2)', SIGPER: 10 })),
    ...(
      [
        ['3', 10, 120],
        ['1', 120, 240],
        ['4', 240, 350],
      ] as const
    ).map(([COLOUR, SECTR1, SECTR2]) =>
      point('LIGHTS', [140, 210], { COLOUR, SECTR1, SECTR2, LITCHR: 4, SIGGRP: '(1)', SIGPER: 4, VALNMR: 9 }),
    ),
    point('LIGHTS', [350, 210], { COLOUR: '1', LITCHR: 2, SIGGRP: '(1)', SIGPER: 15, VALNMR: 20, HEIGHT: 44 }),
    point('LITFLT', [430, 270], { COLOUR: '3', OBJNAM: 'Float' }),
    point('FOGSIG', [60, 280], { CATFOG: 1 }),
  ],
}

const topmarks: Panel = {
  name: 'Topmarks',
  sketches: [
    water,
    ...[1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].flatMap((TOPSHP, i) => {
      const at: Spot = [40 + (i % 9) * 50, 100 + Math.floor(i / 9) * 110]
      return [point('BOYSPP', at, { BOYSHP: 4, COLOUR: '6', CATSPM: '54' }), point('TOPMAR', at, { TOPSHP, COLOUR: '6' })]
    }),
  ],
}

const restrictedAreas: Panel = {
  name: 'Restricted and routeing areas',
  sketches: [
    water,
    ...row(['1', '7', '3', '8'], 40, (RESTRN, [x, y]) => box('RESARE', [x - 40, y], [80, 70], { RESTRN })),
    ...row(['1', '4'], 130, (CATACH, [x, y]) => box('ACHARE', [x - 60, y], [100, 60], { CATACH })),
    box('TSSLPT', [20, 210], [200, 40], { ORIENT: 90 }),
    box('TSEZNE', [20, 250], [200, 14]),
    box('TSSLPT', [20, 264], [200, 40], { ORIENT: 270 }),
    box('CTNARE', [260, 220], [80, 70]),
    box('PRCARE', [370, 220], [80, 70]),
  ],
}

const cables: Panel = {
  name: 'Cables and pipelines',
  sketches: [
    water,
    line('CBLSUB', [
      [20, 60],
      [200, 90],
      [460, 50],
    ]),
    line('PIPSOL', [
      [20, 120],
      [460, 120],
    ]),
    line('CBLOHD', [
      [20, 160],
      [460, 160],
    ]),
    box('CBLARE', [30, 200], [180, 90]),
    box('PIPARE', [260, 200], [180, 90]),
  ],
}

const ports: Panel = {
  name: 'Ports',
  sketches: [
    area('DEPARE', [[0, 0], ...coast, [WIDTH, 0]], { DRVAL1: 5, DRVAL2: 10 }),
    area('LNDARE', [...coast, ...bottom]),
    line('SLCONS', coast, { CATSLC: 6 }),
    box('PONTON', [60, 110], [60, 14]),
    box('HULKES', [180, 100], [60, 16]),
    box('BERTHS', [300, 90], [70, 40], { OBJNAM: '7' }),
    point('MORFAC', [400, 100], { CATMOR: 1 }),
    point('MORFAC', [440, 100], { CATMOR: 7, BOYSHP: 3 }),
    point('HRBFAC', [60, 240], { CATHAF: '5' }),
    point('SMCFAC', [130, 240], { CATSCF: '1' }),
    point('CRANES', [200, 240], { CATCRN: 3 }),
    point('PILBOP', [270, 60]),
    point('CGUSTA', [300, 250]),
    point('RSCSTA', [370, 250], { CATRSC: '1' }),
    box('DRYDOC', [400, 210], [50, 30]),
  ],
}

const landmarks: Panel = {
  name: 'Landmarks',
  sketches: [
    box('LNDARE', [0, 0], [WIDTH, HEIGHT]),
    ...row(['3', '5', '6', '7', '9'], 80, (CATLMK, at) => point('LNDMRK', at, { CATLMK, CONVIS: 1 })),
    ...row(['13', '15', '17', '18', '20'], 150, (CATLMK, at) => point('LNDMRK', at, { CATLMK, CONVIS: 2 })),
    ...row([1, 2, 3, 4], 220, (CATSIL, at) => point('SILTNK', at, { CATSIL, CONVIS: 1 })),
    ...row(['5', '7', '9'], 280, (FUNCTN, at) => point('BUISGL', at, { FUNCTN })),
  ],
}

const patterns: Panel = {
  name: 'Areas with patterns',
  sketches: [
    water,
    box('ICEARE', [20, 50], [90, 90], { CATICE: 5 }),
    box('MARCUL', [140, 50], [90, 90], { CATMFA: 3 }),
    box('SNDWAV', [260, 50], [90, 90]),
    box('WEDKLP', [370, 50], [90, 90], { CATWED: 1 }),
    box('SBDARE', [20, 190], [90, 90], { NATSUR: '9', WATLEV: 4 }),
    box('DMPGRD', [140, 190], [90, 90], { CATDPG: '5' }),
    box('FAIRWY', [260, 190], [90, 90]),
    box('UNSARE', [370, 190], [90, 90]),
  ],
}

const texts: Panel = {
  name: 'Text',
  sketches: [
    water,
    point('SEAARE', [120, 90], { OBJNAM: 'Wide Sound' }),
    point('SBDARE', [260, 90], { NATSUR: '4,1' }),
    point('BOYSPP', [380, 90], { BOYSHP: 3, COLOUR: '6', OBJNAM: 'Outer' }),
    line(
      'BRIDGE',
      [
        [40, 160],
        [240, 160],
      ],
      { CATBRG: 1, VERCLR: 23.4, OBJNAM: 'High Bridge' },
    ),
    line(
      'RECTRC',
      [
        [280, 160],
        [460, 160],
      ],
      { CATTRK: 1, TRAFIC: 4, ORIENT: 90 },
    ),
    point('CURENT', [100, 250], { ORIENT: 45, CURVEL: 1.5 }),
    box('ACHBRT', [220, 220], [70, 60], { OBJNAM: 'B4' }),
    point('RDOCAL', [380, 250], { TRAFIC: 2, ORIENT: 0, COMCHA: '[16]' }),
  ],
}

/** Directional lights of different ranges, a leading line with its lights, a moiré effect light and a magnetic variation. */
const leadingLights: Panel = {
  name: 'Leading lights',
  sketches: [
    water,
    point('LIGHTS', [90, 270], { CATLIT: '1', COLOUR: '1', ORIENT: 215, LITCHR: 1, VALNMR: 2, HEIGHT: 12 }),
    point('LIGHTS', [170, 200], { CATLIT: '1', COLOUR: '4', ORIENT: 180, LITCHR: 2, SIGGRP: '(1)', SIGPER: 5, VALNMR: 0.1 }),
    point('LIGHTS', [240, 60], { CATLIT: '16', COLOUR: '1', ORIENT: 0 }),
    line(
      'NAVLNE',
      [
        [290, 40],
        [400, 230],
      ],
      { CATNAV: 3, ORIENT: 150 },
    ),
    line(
      'RECTRC',
      [
        [310, 75],
        [360, 161],
      ],
      { CATTRK: 1, TRAFIC: 4, ORIENT: 150 },
    ),
    point('LIGHTS', [385, 204], { CATLIT: '4,12', COLOUR: '3', ORIENT: 330, LITCHR: 8, SIGPER: 4 }),
    point('LIGHTS', [400, 230], { CATLIT: '4,13', COLOUR: '3', ORIENT: 330, LITCHR: 8, SIGPER: 4 }),
    point('MAGVAR', [60, 60], { VALMAG: -6.25, RYRMGV: '2015', VALACM: 3 }),
  ],
}

/** The panels of "chart 1": one for each family of symbols. */
export const PANELS: readonly Panel[] = [
  coastAndLand,
  depthsAndContours,
  soundingsPanel,
  dangers,
  wrecksAndRocks,
  buoys,
  beacons,
  lights,
  topmarks,
  restrictedAreas,
  cables,
  ports,
  landmarks,
  patterns,
  texts,
  leadingLights,
]
