/** Switches of the map in the order of the panel. Dangers, the safety contour and the shades of depth have none: they always show. */
export const GROUP_NAMES = ['soundings', 'contours', 'seabed', 'aids', 'lights', 'areas', 'land', 'names'] as const
export type GroupName = (typeof GROUP_NAMES)[number]
