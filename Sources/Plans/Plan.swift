public import Documents
public import Regions
public import Scenarios

/// An action plan as data: goals, measures, the tables that it prints, and result targets that can be
/// checked.
public struct Plan: Sendable, Hashable {
  /// The name: that of the file without `.yml`.
  public let id: String
  /// The file it was read from.
  public let file: String
  /// The title in both languages.
  public let title: LocalizedText
  /// Whether it shows how a plan is written, and nobody has adopted it.
  public let isExample: Bool
  /// The document behind it, and what a reader must know of it.
  public let source: LocalizedText
  /// The id of the division in which the region stands.
  public let division: Located<String>
  /// The region, by code or name.
  public let region: Located<String>
  /// The year from which movement is counted.
  public let baselineYear: Located<Int>
  /// The main goal and the others, in the plan's order.
  public let goals: [Goal]
  /// The tables that the plan prints.
  public let tables: [PlanTable]
  /// The result targets.
  public let targets: [PlanTarget]
  /// What follows at a fixed time and is no figure, such as interviews.
  public let events: [PlanEvent]
  /// What readers of the plan have noted that no computation finds.
  public let remarks: [PlanRemark]

  /// The target of a name as a scenario reads it: about the plan's region when it names nobody; `nil`
  /// where there is none that can be measured.
  public func statement(_ name: String) -> Target? {
    guard var statement = targets.first(where: { $0.id == name })?.statement else { return nil }
    statement.whom = statement.whom ?? region
    return statement
  }

  /// A goal with what serves it.
  public struct Goal: Sendable, Hashable {
    /// The name, unique in the plan.
    public let id: String
    /// The goal in the plan's words.
    public let name: LocalizedText
    /// The sub-goals.
    public let subgoals: [LocalizedText]
    /// The measures.
    public let measures: [Measure]
  }

  /// A measure with its milestone plan.
  public struct Measure: Sendable, Hashable {
    /// The name, unique in the plan.
    public let id: String
    /// What is to be done.
    public let name: LocalizedText
    /// The year of the measure.
    public let year: Int
    /// Who answers for it; `nil` where nobody is named yet.
    public let responsible: LocalizedText?
    /// What is delivered when, in the order of the dates.
    public let milestones: [Milestone]
    /// The indicators that show whether it works, by id.
    public let keyFigures: [Located<String>]
  }

  /// A delivery at a date.
  public struct Milestone: Sendable, Hashable {
    /// The day, as `2026-06-30`.
    public let date: String
    /// What is delivered.
    public let delivery: LocalizedText
    /// Whether it has been delivered.
    public let isDone: Bool
  }
}

/// A dated entry of a plan that is no figure.
public struct PlanEvent: Sendable, Hashable {
  /// The goal it belongs to.
  public let goal: String
  /// What it is.
  public let name: LocalizedText
  /// The years in which it was held.
  public let held: [Int]
  /// The year in which it is held next.
  public let next: Int?
}

/// A result target of a plan: a claim that can be checked, with the words it came from.
public struct PlanTarget: Sendable, Hashable {
  /// The id, unique in the plan.
  public let id: String
  /// What readers know it by.
  public let name: LocalizedText
  /// Where it was written.
  public let place: SourcePlace
  /// What must hold, with the indicator; its year is that by which it must hold, if the plan says.
  /// `nil` for a target that cannot be measured.
  public let statement: Target?
  /// The goal it belongs to.
  public let goal: String
  /// The table of the plan that holds its baseline; `nil` for none.
  public let table: Located<String>?
  /// The target in the plan's words.
  public let words: LocalizedText
  /// What was assumed to make it formal.
  public let interpretation: LocalizedText?
  /// The year it starts from, where it is not the plan's.
  public let baselineYear: Located<Int>?
  /// The scenario by which its probability is found.
  public let scenario: ScenarioReference?
  /// Why there is no such scenario; `nil` where there is one, or nobody says.
  public let notSimulated: LocalizedText?
  /// Why it cannot be measured as the plan words it; `nil` where it can.
  public let unmeasurable: LocalizedText?
}

/// A target of a scenario, which gives that of a plan its probability.
public struct ScenarioReference: Sendable, Hashable {
  /// The name of the scenario.
  public let name: Located<String>
  /// The id of the target in it.
  public let target: Located<String>
  /// What the scenario asks of instead, where it does not ask of the plan's own target.
  public let standIn: LocalizedText?
}

/// Something that a reader of a plan has noted.
public struct PlanRemark: Sendable, Hashable {
  /// The name, unique in the plan.
  public let id: String
  /// How much it matters.
  public let severity: Severity
  /// The table it is about; `nil` for the text.
  public let table: Located<String>?
  /// What was seen.
  public let text: LocalizedText
  /// What follows from it.
  public let consequence: LocalizedText
}
