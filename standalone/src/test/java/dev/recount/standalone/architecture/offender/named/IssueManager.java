package dev.recount.standalone.architecture.offender.named;

final class IssueManager {}
