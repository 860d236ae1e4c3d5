export const THEMES = ['day', 'dusk', 'night'] as const
export type Theme = (typeof THEMES)[number]

/** S-52 colour token, such as `CHBLK`. */
export type Token = keyof typeof DAY_DUSK_NIGHT

// Colours of the S-101 portrayal catalogue (colorProfile.xml), equal to PresLib 4.0: [day, dusk, night].
const DAY_DUSK_NIGHT = {
  NODTA: ['#93aebb', '#404d53', '#171e21'],
  CURSR: ['#e38039', '#86491e', '#301705'],
  CHBLK: ['#000000', '#6b7f89', '#252d31'],
  CHGRD: ['#4c5b63', '#6b7f89', '#252d31'],
  CHGRF: ['#768c97', '#4c5b63', '#181e21'],
  CHRED: ['#ea5471', '#9b3549', '#390e16'],
  CHGRN: ['#52e83b', '#2f8e20', '#0c3406'],
  CHYLW: ['#e1e139', '#8b8b1f', '#323206'],
  CHMGD: ['#c045d1', '#826ca1', '#411247'],
  CHMGF: ['#cba9f9', '#772782', '#411247'],
  CHBRN: ['#a19653', '#57502a', '#211e0c'],
  CHWHT: ['#c9edff', '#8ca6b3', '#364147'],
  SCLBR: ['#e38039', '#86491e', '#301705'],
  CHCOR: ['#e38039', '#86491e', '#301705'],
  LITRD: ['#ea5471', '#9b3549', '#390e16'],
  LITGN: ['#52e83b', '#2f8e20', '#0c3406'],
  LITYW: ['#e1e139', '#8b8b1f', '#323206'],
  ISDNG: ['#c045d1', '#826ca1', '#411247'],
  DNGHL: ['#ea5471', '#9b3549', '#390e16'],
  TRFCD: ['#c045d1', '#826ca1', '#411247'],
  TRFCF: ['#cba9f9', '#772782', '#411247'],
  LANDA: ['#bfbe8f', '#40402e', '#17160e'],
  LANDF: ['#8d642e', '#7f5a29', '#2f1f0a'],
  CSTLN: ['#4c5b63', '#6b7f89', '#252d31'],
  SNDG1: ['#768c97', '#4c5b63', '#181e21'],
  SNDG2: ['#000000', '#8ca6b3', '#364147'],
  DEPSC: ['#4c5b63', '#6b7f89', '#252d31'],
  DEPCN: ['#768c97', '#4c5b63', '#181e21'],
  DEPDW: ['#c9edff', '#000000', '#000000'],
  DEPMD: ['#a7d9fb', '#0f1b21', '#03070a'],
  DEPMS: ['#82caff', '#1d3246', '#050e16'],
  DEPVS: ['#61b7ff', '#1e4165', '#071727'],
  DEPIT: ['#58af9c', '#234c44', '#0b201c'],
  RADHI: ['#52e83b', '#2f8e20', '#0c3406'],
  RADLO: ['#2f8e20', '#195710', '#041b02'],
  ARPAT: ['#2da879', '#21825c', '#052a1b'],
  NINFO: ['#e38039', '#86491e', '#301705'],
  RESBL: ['#2e7bff', '#1d55b4', '#051b44'],
  ADINF: ['#a5a527', '#646514', '#222203'],
  RESGR: ['#768c97', '#6b7f89', '#181e21'],
  SHIPS: ['#000000', '#8ca6b3', '#364147'],
  PSTRK: ['#000000', '#8ca6b3', '#364147'],
  SYTRK: ['#768c97', '#4c5b63', '#181e21'],
  PLRTE: ['#d63f24', '#952916', '#330803'],
  APLRT: ['#e38039', '#86491e', '#301705'],
  UINFD: ['#000000', '#8ca6b3', '#364147'],
  UINFF: ['#4c5b63', '#6b7f89', '#252d31'],
  UIBCK: ['#c9edff', '#000000', '#000000'],
  UIAFD: ['#61b7ff', '#1e4165', '#071727'],
  UINFR: ['#ea5471', '#9b3549', '#390e16'],
  UINFG: ['#52e83b', '#2f8e20', '#0c3406'],
  UINFO: ['#e38039', '#86491e', '#301705'],
  UINFB: ['#2e7bff', '#1d55b4', '#051b44'],
  UINFM: ['#c045d1', '#826ca1', '#411247'],
  UIBDR: ['#4c5b63', '#6b7f89', '#252d31'],
  UIAFF: ['#bfbe8f', '#7f5a29', '#442e12'],
  OUTLW: ['#000000', '#000000', '#000000'],
  OUTLL: ['#8d642e', '#40402e', '#17160e'],
  RES01: ['#768c97', '#4c5b63', '#181e21'],
  RES02: ['#768c97', '#4c5b63', '#181e21'],
  RES03: ['#768c97', '#4c5b63', '#181e21'],
  BKAJ1: ['#0e1315', '#000000', '#000000'],
  BKAJ2: ['#1c2327', '#101518', '#020304'],
  MARBL: ['#0080ff', '#0077f3', '#002655'],
  MARCY: ['#008f84', '#00857a', '#002b27'],
  MARMG: ['#c64da6', '#b8479a', '#3f1333'],
  MARWH: ['#717f77', '#69766e', '#202522'],
} as const satisfies Record<string, readonly [day: string, dusk: string, night: string]>

/** Colour of each S-52 token as `#rrggbb`, per theme. */
export const TOKENS: Record<Theme, Record<Token, string>> = { day: column(0), dusk: column(1), night: column(2) }

function column(index: 0 | 1 | 2): Record<Token, string> {
  const entries = Object.entries(DAY_DUSK_NIGHT).map(([token, colours]) => [token, colours[index]])
  return Object.fromEntries(entries) as Record<Token, string>
}
