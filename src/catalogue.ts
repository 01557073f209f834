import { countEvents } from './collect/counts/operations.ts';
import { createErasure, getErasure, listErasures, readmitErased } from './collect/erasures/operations.ts';
import { listEventNames, listEventProperties } from './collect/events/operations.ts';
import {
  createFixRule,
  deleteFailedEvents,
  deleteFixRule,
  getFailedEvent,
  listFailedEvents,
  listFixRules,
  previewFixRule,
  replayFixRule,
} from './collect/failed-events/operations.ts';
import {
  exportIdentities,
  getIdentities,
  listIdentityEvents,
  listIdentityKeys,
  splitIdentity,
  undoSplit,
  updateDomainRule,
} from './collect/identities/operations.ts';
import {
  cancelImport,
  checkImport,
  commitImport,
  exportImportRows,
  getImport,
  listImportRows,
  listImports,
  mapImport,
  remapImport,
  undoImport,
  uploadImport,
} from './collect/imports/operations.ts';
import {
  exportAccounts,
  exportOpportunities,
  exportPeople,
  getAccount,
  getOpportunity,
  getPerson,
  listAccounts,
  listOpportunities,
  listPeople,
} from './collect/objects/operations.ts';
import { listLive, watchLive } from './collect/live/operations.ts';
import {
  deleteExchangeRate,
  exportExchangeRates,
  importExchangeRates,
  listExchangeRates,
  setExchangeRate,
} from './collect/exchange-rates/operations.ts';
import {
  checkPlannedEvents,
  createPlannedEvent,
  deletePlannedEvent,
  exportPlannedEvents,
  getPlannedEvent,
  importPlannedEvents,
  listPlannedEvents,
  restorePlannedEvent,
  startPlannedEvents,
  updatePlannedEvent,
} from './collect/planned-events/operations.ts';
import { getSubjectExport } from './collect/subject-exports/operations.ts';
import {
  exportActivationHalves,
  exportActivationRows,
  exportActivations,
  listActivationRows,
  searchActivations,
} from './impact/activations/operations.ts';
import { compareLaunches, exportLaunchesCompared } from './impact/adoptions/launches/operations.ts';
import { exportAdoptionOutlook, getAdoptionOutlook } from './impact/adoptions/outlook/operations.ts';
import { exportAdoption, exportAdoptionRows, getAdoption, listAdoptionRows } from './impact/adoptions/operations.ts';
import { measureBaseline, takeBaseline } from './impact/baselines/operations.ts';
import {
  createDashboard,
  deleteDashboard,
  getDashboard,
  listDashboards,
  restoreDashboard,
  updateDashboard,
} from './impact/dashboards/operations.ts';
import { openExample } from './impact/examples/operations.ts';
import {
  exportLandingReportRows,
  getLandingReport,
  listLandingReportRows,
  printLandingReport,
  renderLandingReport,
} from './impact/landing-reports/operations.ts';
import { compareSnapshot, freezeLandingReport, getSnapshot, listSnapshots } from './impact/landing-reports/snapshots/operations.ts';
import {
  createQuestion,
  deleteQuestion,
  getQuestion,
  listQuestions,
  restoreQuestion,
  updateQuestion,
} from './impact/questions/operations.ts';
import { exportFunnel, exportFunnelRows, getFunnel, listFunnelRows } from './impact/funnels/operations.ts';
import { exportRetention, exportRetentionRows, getRetention, listRetentionRows } from './impact/retentions/operations.ts';
import {
  backTestPql,
  createPql,
  deletePql,
  exportLeads,
  getPql,
  listLeads,
  listPqls,
  restorePql,
  updatePql,
} from './impact/pqls/operations.ts';
import { exportLift, exportLiftRows, getLift, listLiftChoices, listLiftRows } from './impact/lifts/operations.ts';
import { exportMeasurements, exportStandings, getMeasurements, listMetrics, listSubjects } from './impact/measurements/operations.ts';
import { exportRatingRows, exportRatings, getRatings, listRatingRows } from './impact/ratings/operations.ts';
import {
  createRollout,
  deleteRollout,
  exportRolloutAccounts,
  getRollout,
  listRolloutAccounts,
  listRollouts,
  previewRollout,
  recordDeviation,
  restoreRollout,
  sendRollout,
} from './impact/rollouts/operations.ts';
import {
  createSharedAnswer,
  listSharedAnswers,
  openSharedAnswer,
  recountSharedAnswer,
  revokeSharedAnswer,
} from './impact/shared-answers/operations.ts';
import { exportPathRows, exportPaths, getPaths, listPathRows } from './impact/paths/operations.ts';
import { exportExpansionRows, getExpansions, listExpansionRows } from './impact/expansions/operations.ts';
import { exportPipeline, exportPipelineRows, getPipeline, listPipelineRows } from './impact/pipelines/operations.ts';
import { exportSubscriptionRows, exportSubscriptions, getSubscriptions, listSubscriptionRows } from './impact/subscriptions/operations.ts';
import {
  agreeCreditModel,
  exportCreditRows,
  exportCredits,
  getCreditPath,
  getCredits,
  listCreditRows,
  setCreditHoldout,
} from './impact/credits/operations.ts';
import { exportTrendRows, exportTrends, getTrends, listTrendRows } from './impact/trends/operations.ts';
import {
  deleteAttachment,
  downloadAttachment,
  getAttachment,
  listAttachments,
  restoreAttachment,
  uploadAttachment,
} from './launch/attachments/operations.ts';
import { listAssignments } from './launch/assignments/operations.ts';
import {
  createCalendarLink,
  createFreeze,
  deleteFreeze,
  getCalendar,
  listCalendarLinks,
  revokeCalendarLink,
  updateCalendar,
} from './launch/calendars/operations.ts';
import { getCharter, updateCharter } from './launch/charters/operations.ts';
import { exportDeliverables, importDeliverables } from './launch/deliverables/importing/operations.ts';
import {
  createDeliverable,
  deleteDeliverable,
  listDeliverables,
  previewMove,
  restoreDeliverable,
  signDeliverable,
  updateDeliverable,
  updateDeliverables,
} from './launch/deliverables/operations.ts';
import {
  createAnnouncement,
  deleteAnnouncement,
  getAnnouncement,
  listAnnouncements,
  publishAnnouncement,
  restoreAnnouncement,
  updateAnnouncement,
  withdrawAnnouncement,
} from './launch/announcements/operations.ts';
import { countChangelog, getChangelog, updateChangelog } from './launch/changelogs/operations.ts';
import { createFeature, getFeature, listFeatures, updateFeature } from './launch/features/operations.ts';
import { addCriterion, removeCriterion, restoreCriterion, setCriterionState, updateCriterion } from './launch/gates/criteria/operations.ts';
import { closeFollowUp, decideGate, waiveCriterion } from './launch/gates/decisions/operations.ts';
import { createGates, listGates, updateGate } from './launch/gates/operations.ts';
import {
  cancelLaunch,
  createLaunch,
  deleteLaunch,
  exportLaunch,
  getLaunch,
  listChoices,
  listLaunches,
  listMoves,
  moveLaunch,
  restoreLaunch,
  resumeLaunch,
  updateLaunch,
} from './launch/launches/operations.ts';
import { getRetrospective, listRetrospectives, saveRetrospective } from './launch/retrospectives/operations.ts';
import { checkRunStep, createRunStep, deleteRunStep, listRunSteps, updateRunStep } from './launch/run-steps/operations.ts';
import { createStatusPage, listStatusPages, openStatusPage, revokeStatusPage } from './launch/status-pages/operations.ts';
import {
  applyTemplateTo,
  compareTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  restoreTemplate,
  saveTemplate,
} from './launch/templates/operations.ts';
import { approveTier, decideTier, getTier, getTierRule, updateTierRule } from './launch/tiers/operations.ts';
import {
  addStatement,
  getPositioning,
  removeStatement,
  restoreStatement,
  reviewStatements,
  savePositioning,
} from './launch/positionings/operations.ts';
import {
  createGoal,
  deleteGoal,
  enterGoal,
  getGoal,
  listGoals,
  registerAllGoals,
  registerOneGoal,
  restoreGoal,
  updateGoal,
} from './launch/goals/operations.ts';
import { exportPrograms, importPrograms } from './launch/programs/importing/operations.ts';
import {
  countPrograms,
  createProgram,
  deleteProgram,
  exportProgramMembers,
  getProgram,
  listProgramMembers,
  listPrograms,
  listUnmatchedCampaigns,
  restoreProgram,
  updateProgram,
} from './launch/programs/operations.ts';
import {
  countClicks,
  createTrackedLink,
  deleteTrackedLink,
  drawTrackedLink,
  listTrackedLinks,
  restoreTrackedLink,
  updateTrackedLink,
} from './launch/tracked-links/operations.ts';
import { listUses } from './launch/uses/operations.ts';
import { getUtmRule, updateUtmRule } from './launch/utm-rules/operations.ts';
import {
  createRecallSurvey,
  deleteRecallSurvey,
  getRecallSurvey,
  listRecallSurveys,
  registerRecallTarget,
  restoreRecallSurvey,
  updateRecallSurvey,
} from './impact/recall-surveys/operations.ts';
import {
  deleteRecallWave,
  enterRecallWave,
  exportRecallWaves,
  importRecallWaves,
  updateRecallWave,
} from './impact/recall-surveys/waves/operations.ts';
import { exportProgramReturnRows, getProgramReturns, listProgramReturnRows } from './impact/program-returns/operations.ts';
import {
  exportSelfReports,
  getSelfReports,
  getSelfReportSetting,
  listAnswerProperties,
  updateSelfReportSetting,
} from './impact/self-reports/operations.ts';
import { exportLaunches, importLaunches, undoLaunchImport } from './launch/launches/importing/operations.ts';
import { splitLaunch } from './launch/launches/splitting.ts';
import { getNoticeSettings, listNotices, updateNoticeSettings } from './launch/notices/operations.ts';
import {
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  renewWebhookSecret,
  restoreWebhook,
  retryDelivery,
  testWebhook,
  updateWebhook,
} from './launch/webhooks/operations.ts';
import { createBackup, getBackup } from './workspace/backups/operations.ts';
import { exportAudit, listAudit, listAuditChoices } from './workspace/audit/operations.ts';
import {
  acceptOwnInvitation,
  createInvitation,
  listInvitations,
  openInvitation,
  revokeInvitation,
} from './workspace/invitations/operations.ts';
import { watchChanges } from './workspace/changes/operations.ts';
import { createKey, listKeys, revokeKey } from './workspace/keys/operations.ts';
import { disableMember, enableMember, listMembers, removeMember, resetPassword, updateMember } from './workspace/members/operations.ts';
import { changePassword, getProfile, updateProfile } from './workspace/profile/operations.ts';
import { createSession, deleteSession, getSession } from './workspace/sessions/operations.ts';
import { createWelcome, getWelcome } from './workspace/welcome/operations.ts';
import {
  createWorkspace,
  deleteWorkspace,
  getWorkspace,
  listWorkspaces,
  restoreWorkspace,
  updateWorkspace,
} from './workspace/workspaces/operations.ts';

export { type Asked, type Protocol, protocols } from './collect/events/receiving/protocols.ts';
export { posthogConfig, posthogConfigScript, posthogFlags, segmentSettings } from './collect/events/receiving/start-answers.ts';
export { endLive, feedLive } from './collect/live/arriving.ts';
export { keepSettling } from './collect/events/settler.ts';
export { eraseAgain } from './collect/erasures/again.ts';
export { resumeErasures } from './collect/erasures/running.ts';
export { resumeImports } from './collect/imports/resuming.ts';
export { keepDueReports } from './impact/landing-reports/snapshots/keeping.ts';
export { openFeed } from './launch/calendars/feed.ts';
export { keepCountingLooks } from './launch/changelogs/counting.ts';
export { keepCountingClicks } from './launch/tracked-links/counting.ts';
export { followLink } from './launch/tracked-links/following.ts';
export { deliverNotices } from './launch/notices/delivering.ts';
export { tellNotices } from './launch/notices/telling.ts';
export { publicStyleHash } from './launch/changelogs/public-style.ts';
export { type Served, serveChangelog } from './launch/changelogs/serving.ts';
export { openWriteKeys } from './workspace/keys/write-keys.ts';
export { purgeDeleted } from './workspace/workspaces/purging.ts';
export { identify } from './workspace/sessions/identify.ts';
export { beginOidc, finishOidc } from './workspace/single-sign-on/flow.ts';

/** The one table of everything that Landfall can do. Every door lists it; none adds to it. */
export const catalogue = {
  accounts: { list: listAccounts, get: getAccount, export: exportAccounts },
  people: { list: listPeople, get: getPerson, export: exportPeople },
  opportunities: { list: listOpportunities, get: getOpportunity, export: exportOpportunities },
  identities: {
    get: getIdentities,
    export: exportIdentities,
    keys: listIdentityKeys,
    events: listIdentityEvents,
    updateDomains: updateDomainRule,
    split: splitIdentity,
    undoSplit,
  },
  erasures: { list: listErasures, get: getErasure, create: createErasure, readmit: readmitErased },
  subjectExports: { get: getSubjectExport },
  imports: {
    list: listImports,
    get: getImport,
    upload: uploadImport,
    map: mapImport,
    remap: remapImport,
    check: checkImport,
    rows: listImportRows,
    exportRows: exportImportRows,
    commit: commitImport,
    cancel: cancelImport,
    undo: undoImport,
  },
  assignments: { list: listAssignments },
  attachments: {
    list: listAttachments,
    get: getAttachment,
    upload: uploadAttachment,
    download: downloadAttachment,
    delete: deleteAttachment,
    restore: restoreAttachment,
  },
  calendars: { get: getCalendar, update: updateCalendar },
  freezePeriods: { create: createFreeze, delete: deleteFreeze },
  calendarLinks: { list: listCalendarLinks, create: createCalendarLink, revoke: revokeCalendarLink },
  charters: { get: getCharter, update: updateCharter },
  deliverables: {
    list: listDeliverables,
    create: createDeliverable,
    update: updateDeliverable,
    updateMany: updateDeliverables,
    delete: deleteDeliverable,
    restore: restoreDeliverable,
    sign: signDeliverable,
    previewMove,
    uses: listUses,
    import: importDeliverables,
    export: exportDeliverables,
  },
  features: { list: listFeatures, get: getFeature, create: createFeature, update: updateFeature },
  events: { names: listEventNames, properties: listEventProperties, counts: countEvents },
  live: { watch: watchLive, list: listLive },
  failedEvents: { list: listFailedEvents, get: getFailedEvent, delete: deleteFailedEvents },
  fixRules: { list: listFixRules, preview: previewFixRule, create: createFixRule, replay: replayFixRule, delete: deleteFixRule },
  exchangeRates: {
    list: listExchangeRates,
    set: setExchangeRate,
    import: importExchangeRates,
    export: exportExchangeRates,
    delete: deleteExchangeRate,
  },
  plannedEvents: {
    list: listPlannedEvents,
    check: checkPlannedEvents,
    export: exportPlannedEvents,
    import: importPlannedEvents,
    get: getPlannedEvent,
    create: createPlannedEvent,
    start: startPlannedEvents,
    update: updatePlannedEvent,
    delete: deletePlannedEvent,
    restore: restorePlannedEvent,
  },
  funnels: { get: getFunnel, export: exportFunnel, rows: listFunnelRows, exportRows: exportFunnelRows },
  pqls: {
    list: listPqls,
    get: getPql,
    create: createPql,
    update: updatePql,
    delete: deletePql,
    restore: restorePql,
    backTest: backTestPql,
    leads: listLeads,
    exportLeads,
  },
  ratings: { get: getRatings, export: exportRatings, rows: listRatingRows, exportRows: exportRatingRows },
  paths: { get: getPaths, export: exportPaths, rows: listPathRows, exportRows: exportPathRows },
  measurements: { list: listMetrics, subjects: listSubjects, get: getMeasurements, export: exportMeasurements, exportStandings },
  trends: { get: getTrends, export: exportTrends, rows: listTrendRows, exportRows: exportTrendRows },
  launches: {
    list: listLaunches,
    get: getLaunch,
    create: createLaunch,
    update: updateLaunch,
    move: moveLaunch,
    moves: listMoves,
    export: exportLaunch,
    exportAll: exportLaunches,
    import: importLaunches,
    undoImport: undoLaunchImport,
    split: splitLaunch,
    cancel: cancelLaunch,
    resume: resumeLaunch,
    delete: deleteLaunch,
    restore: restoreLaunch,
    choices: listChoices,
  },
  runSteps: { list: listRunSteps, create: createRunStep, update: updateRunStep, check: checkRunStep, delete: deleteRunStep },
  retrospectives: { get: getRetrospective, save: saveRetrospective, list: listRetrospectives },
  templates: {
    list: listTemplates,
    get: getTemplate,
    save: saveTemplate,
    delete: deleteTemplate,
    restore: restoreTemplate,
    compare: compareTemplate,
    apply: applyTemplateTo,
  },
  tiers: { get: getTier, decide: decideTier, approve: approveTier, rule: getTierRule, updateRule: updateTierRule },
  positionings: {
    get: getPositioning,
    save: savePositioning,
    addStatement,
    removeStatement,
    restoreStatement,
    reviewStatements,
  },
  gates: {
    list: listGates,
    create: createGates,
    update: updateGate,
    addCriterion,
    updateCriterion,
    removeCriterion,
    restoreCriterion,
    setState: setCriterionState,
    waive: waiveCriterion,
    decide: decideGate,
    closeFollowUp,
  },
  announcements: {
    list: listAnnouncements,
    get: getAnnouncement,
    create: createAnnouncement,
    update: updateAnnouncement,
    publish: publishAnnouncement,
    withdraw: withdrawAnnouncement,
    delete: deleteAnnouncement,
    restore: restoreAnnouncement,
  },
  changelogs: { get: getChangelog, update: updateChangelog, counts: countChangelog },
  goals: {
    list: listGoals,
    get: getGoal,
    create: createGoal,
    update: updateGoal,
    delete: deleteGoal,
    restore: restoreGoal,
    register: registerOneGoal,
    registerAll: registerAllGoals,
    enter: enterGoal,
  },
  baselines: { measure: measureBaseline, take: takeBaseline },
  programs: {
    list: listPrograms,
    get: getProgram,
    create: createProgram,
    update: updateProgram,
    delete: deleteProgram,
    restore: restoreProgram,
    figures: countPrograms,
    members: listProgramMembers,
    exportMembers: exportProgramMembers,
    unmatched: listUnmatchedCampaigns,
    import: importPrograms,
    export: exportPrograms,
  },
  trackedLinks: {
    list: listTrackedLinks,
    create: createTrackedLink,
    update: updateTrackedLink,
    delete: deleteTrackedLink,
    restore: restoreTrackedLink,
    counts: countClicks,
    qr: drawTrackedLink,
  },
  programReturns: { get: getProgramReturns, rows: listProgramReturnRows, exportRows: exportProgramReturnRows },
  recallSurveys: {
    list: listRecallSurveys,
    get: getRecallSurvey,
    create: createRecallSurvey,
    update: updateRecallSurvey,
    register: registerRecallTarget,
    delete: deleteRecallSurvey,
    restore: restoreRecallSurvey,
    enterWave: enterRecallWave,
    updateWave: updateRecallWave,
    deleteWave: deleteRecallWave,
    importWaves: importRecallWaves,
    exportWaves: exportRecallWaves,
  },
  selfReports: {
    get: getSelfReports,
    export: exportSelfReports,
    setting: getSelfReportSetting,
    update: updateSelfReportSetting,
    properties: listAnswerProperties,
  },
  utmRules: { get: getUtmRule, update: updateUtmRule },
  notices: { list: listNotices, settings: getNoticeSettings, updateSettings: updateNoticeSettings },
  webhooks: {
    list: listWebhooks,
    create: createWebhook,
    update: updateWebhook,
    renewSecret: renewWebhookSecret,
    delete: deleteWebhook,
    restore: restoreWebhook,
    test: testWebhook,
    deliveries: listDeliveries,
    retry: retryDelivery,
  },
  landingReports: {
    get: getLandingReport,
    rows: listLandingReportRows,
    exportRows: exportLandingReportRows,
    text: printLandingReport,
    document: renderLandingReport,
    freeze: freezeLandingReport,
    snapshots: listSnapshots,
    snapshot: getSnapshot,
    compareSnapshot,
  },
  activations: {
    search: searchActivations,
    export: exportActivations,
    exportHalves: exportActivationHalves,
    rows: listActivationRows,
    exportRows: exportActivationRows,
  },
  adoptions: {
    get: getAdoption,
    export: exportAdoption,
    rows: listAdoptionRows,
    exportRows: exportAdoptionRows,
    outlook: getAdoptionOutlook,
    exportOutlook: exportAdoptionOutlook,
    launches: compareLaunches,
    exportLaunches: exportLaunchesCompared,
  },
  retentions: { get: getRetention, rows: listRetentionRows, exportRows: exportRetentionRows, export: exportRetention },
  subscriptions: { get: getSubscriptions, export: exportSubscriptions, rows: listSubscriptionRows, exportRows: exportSubscriptionRows },
  expansions: { get: getExpansions, rows: listExpansionRows, exportRows: exportExpansionRows },
  pipelines: { get: getPipeline, export: exportPipeline, rows: listPipelineRows, exportRows: exportPipelineRows },
  lifts: { get: getLift, choices: listLiftChoices, export: exportLift, rows: listLiftRows, exportRows: exportLiftRows },
  credits: {
    get: getCredits,
    export: exportCredits,
    rows: listCreditRows,
    exportRows: exportCreditRows,
    path: getCreditPath,
    agree: agreeCreditModel,
    setHoldout: setCreditHoldout,
  },
  questions: {
    list: listQuestions,
    get: getQuestion,
    create: createQuestion,
    update: updateQuestion,
    delete: deleteQuestion,
    restore: restoreQuestion,
  },
  rollouts: {
    list: listRollouts,
    get: getRollout,
    preview: previewRollout,
    create: createRollout,
    accounts: listRolloutAccounts,
    exportAccounts: exportRolloutAccounts,
    recordDeviation,
    send: sendRollout,
    delete: deleteRollout,
    restore: restoreRollout,
  },
  statusPages: { list: listStatusPages, create: createStatusPage, revoke: revokeStatusPage, open: openStatusPage },
  sharedAnswers: {
    list: listSharedAnswers,
    create: createSharedAnswer,
    revoke: revokeSharedAnswer,
    open: openSharedAnswer,
    recount: recountSharedAnswer,
  },
  dashboards: {
    list: listDashboards,
    get: getDashboard,
    create: createDashboard,
    update: updateDashboard,
    delete: deleteDashboard,
    restore: restoreDashboard,
  },
  examples: { open: openExample },
  audit: { list: listAudit, choices: listAuditChoices, export: exportAudit },
  changes: { watch: watchChanges },
  backups: { create: createBackup, get: getBackup },
  invitations: {
    list: listInvitations,
    create: createInvitation,
    revoke: revokeInvitation,
    open: openInvitation,
    accept: acceptOwnInvitation,
  },
  keys: { list: listKeys, create: createKey, revoke: revokeKey },
  members: { list: listMembers, update: updateMember, disable: disableMember, enable: enableMember, remove: removeMember, resetPassword },
  profile: { get: getProfile, update: updateProfile, changePassword },
  sessions: { get: getSession, create: createSession, delete: deleteSession },
  welcome: { get: getWelcome, create: createWelcome },
  workspaces: {
    list: listWorkspaces,
    create: createWorkspace,
    get: getWorkspace,
    update: updateWorkspace,
    delete: deleteWorkspace,
    restore: restoreWorkspace,
  },
};

export type Catalogue = typeof catalogue;
