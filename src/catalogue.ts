import { createFeature, getFeature, listFeatures, updateFeature } from './launch/features/operations.ts';
import { createLaunch, deleteLaunch, getLaunch, listLaunches, restoreLaunch, updateLaunch } from './launch/launches/operations.ts';

/** The one table of everything that Landfall can do. Every door lists it; none adds to it. */
export const catalogue = {
  features: { list: listFeatures, get: getFeature, create: createFeature, update: updateFeature },
  launches: {
    list: listLaunches,
    get: getLaunch,
    create: createLaunch,
    update: updateLaunch,
    delete: deleteLaunch,
    restore: restoreLaunch,
  },
};

export type Catalogue = typeof catalogue;
