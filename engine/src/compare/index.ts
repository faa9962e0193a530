export { compareScores, type PairedScore, type ScoreComparison, scoreOfImage } from './compare-scores.ts'
export { judgeCandidate, requiredShare } from './judge-candidate.ts'
export { hasLearned } from './own-skill.ts'
export { type AnswerScore, scoreAnswer } from './score-answer.ts'
