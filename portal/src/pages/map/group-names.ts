/**
 * Switches of the map in the order of the panel. Dangers, the safety contour and the depth shades have none, because they are always shown.
 */
export const GROUP_NAMES = ['soundings', 'contours', 'seabed', 'aids', 'lights', 'areas', 'land', 'names'] as const
export type GroupName = (typeof GROUP_NAMES)[number]
