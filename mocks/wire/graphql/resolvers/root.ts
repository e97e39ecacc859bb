import { accountResolvers } from './account';
import { folderResolvers } from './folder';
import { imageResolvers } from './image';
import { resourceResolvers } from './resource';
import { sessionResolvers } from './session';

/** Queries and mutations have different names, so one object serves both. */
export const rootResolvers = {
  ...accountResolvers,
  ...sessionResolvers,
  ...imageResolvers,
  ...resourceResolvers,
  ...folderResolvers,
};
